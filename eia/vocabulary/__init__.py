"""What people call things: headers, answers, categories and their schemes, ways of not answering; one matcher over data files."""
