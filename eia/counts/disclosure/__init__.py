"""Decides which counts may be published, and tries to work out those that may not."""
