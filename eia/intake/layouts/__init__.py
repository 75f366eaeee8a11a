"""Tables of counts in the layouts that people publish -> one row a group."""
