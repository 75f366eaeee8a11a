"""The parts of the technical annex: its record, and its results."""
