"""Audit of sentences: what the words of each kind claim, recomputed from result rows alone."""
