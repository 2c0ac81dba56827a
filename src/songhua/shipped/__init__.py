"""Data that ships with songhua: the gateway to its files, and the terms of their sources."""
