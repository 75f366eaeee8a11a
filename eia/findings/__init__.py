"""JUDGE: a Cube and the case -> results -> Findings -> Assessment."""
