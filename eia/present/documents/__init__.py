"""Sections, tables and charts -> a Document -> HTML, Markdown, files."""
