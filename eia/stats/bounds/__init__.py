"""Results over every table that fits counts known to within ranges."""
