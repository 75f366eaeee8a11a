"""What a document prints of numbers: finished words of two editions, exact and publishable."""
