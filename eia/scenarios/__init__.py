"""Takes a Workforce and a Scenario of the case; gives the Workforce as it would be under another rule: numbers, and never names."""
