"""Puts a version of an assessment into one file, and says whether anything in such a file was changed."""
