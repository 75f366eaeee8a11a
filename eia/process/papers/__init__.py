"""Takes a Case; gives the papers of a proposal: what form HR1 asks for, which documents have come, who decided what."""
