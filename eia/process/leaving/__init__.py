"""Takes a Workforce and a Case; gives what leaving means for those who are to go: notice and pensions."""
