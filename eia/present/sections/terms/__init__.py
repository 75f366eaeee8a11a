"""What people get or keep: notice, severance, pensions, other work, pay protection, transfers. A section each."""
