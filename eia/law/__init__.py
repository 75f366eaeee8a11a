"""What the world says: the characteristics and, with later parts, dated legal values with their sources."""
