"""Takes a Case; shows its choices as widgets, and gives what they say now as plain values for a new Case to be checked."""
