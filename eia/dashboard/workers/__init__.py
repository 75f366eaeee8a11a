"""Takes what a page wants worked out; gives it, from a few processes that all visitors share."""
