"""How large a difference is: rates, ratios, the split of an excess, adjusted odds ratios."""
