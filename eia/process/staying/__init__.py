"""Takes people and a Case; gives what happens to those who keep work: with another employer, on less pay, in another post."""
