"""Frames of an engine, which are never read whole -> counts of everybody, and codes of people in pools."""
