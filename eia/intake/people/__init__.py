"""Files with one row a person -> a Workforce: joined, each person once, with pool, outcome and answers."""
