"""What a visitor takes away: documents, what people write in them, charts, tables and the case."""
