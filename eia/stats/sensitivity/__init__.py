"""How far a result holds: missing answers, swaps, what could have been seen, which pools it comes from."""
