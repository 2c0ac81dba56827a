"""The studies: each a package that registers itself, reads what it names and gives a Result.

A package's own module declares the study (name, parts read, options) and loads nothing heavy;
`study.py` beside it computes.
"""
