"""Takes nothing; gives the example data beside it and, in ``generator``, what draws the invented part of it."""
