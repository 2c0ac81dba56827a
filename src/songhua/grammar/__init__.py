"""Numbers, units, times and words of plans, read where they stand in a text."""
