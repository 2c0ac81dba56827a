"""The craft of reading: bytes and cells become values, and what is not understood is said.

Nothing here opens a file: what is read is handed in.
"""
