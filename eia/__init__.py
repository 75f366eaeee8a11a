"""Equality impact assessment of proposed redundancies."""
