"""COUNT: Workforce -> Cube, or a table of counts -> the same Cube."""
