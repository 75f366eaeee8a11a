"""Takes a seed; gives an invented employer: Riverbank Council with or without planted disadvantages, or Millbrook College.

``riverbank.make(seed, planted=False)`` and ``millbrook.make(seed)`` return tables in memory. From the top folder,
``python -m datasets.generator`` writes the committed files again.
"""
