"""What the world says: the characteristics, and the law as dated values with their sources, both as data."""
