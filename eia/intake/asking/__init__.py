"""What a file leaves open about who is counted."""
