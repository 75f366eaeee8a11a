"""Chance by permuting: whole posts, shares of pools, people inside pools."""
