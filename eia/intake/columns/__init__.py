"""Columns of text -> headers recognised, numbers, dates, groups, identifiers dropped."""
