"""Takes counts by pool; gives about how many of each group would be selected if the cuts fell evenly, where that gives nobody away."""
