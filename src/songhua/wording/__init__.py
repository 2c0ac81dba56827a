"""Numbers, units and periods in words of a language: what stands below all that is shown."""
