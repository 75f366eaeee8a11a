"""What stands beside the findings and changes no level."""
