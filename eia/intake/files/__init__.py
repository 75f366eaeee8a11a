"""A file or its bytes -> its headers and columns of text, nothing guessed."""
