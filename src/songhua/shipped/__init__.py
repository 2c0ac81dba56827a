"""What ships with songhua: the gateway to its files of data, and the terms of their sources."""
