"""Findings and numbers -> words and sentences; the only place that rounds."""
