"""Reading: bytes and cells become values, and every part that is not understood is reported.

Nothing here opens a file: what is read is handed in.
"""
