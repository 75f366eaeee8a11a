"""Exact inference: the law of a total given every pool's margins, and the tests that rest on it."""
