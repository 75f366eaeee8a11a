"""COUNT: Workforce -> Codes -> Cube, or a table of counts -> the same Cube."""
