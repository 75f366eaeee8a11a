"""Applies the dated law to one case: numbers, dates and the rules they rest on, never prose."""
