"""Takes visits; lets in those who may see what, and ends what nobody comes back to."""
