"""SHOW: finished objects -> figures, tables, words and documents. The only layer that rounds, colours or writes prose."""
