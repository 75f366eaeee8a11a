"""Charts that can be sent by themselves: each says what it shows, of whom, from where, and who may see it."""
