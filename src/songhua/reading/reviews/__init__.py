"""Sheets that departments fill in: their form, and what they hold when they come back."""
