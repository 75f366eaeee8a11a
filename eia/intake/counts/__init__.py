"""Tables of counts, exact, rounded or suppressed -> bounds on every cell."""
