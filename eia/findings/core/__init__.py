"""Cube -> comparisons -> findings of the three questions, with their evidence levels."""
