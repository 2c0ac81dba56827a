"""Built-in cases: folders to be read, copied and learnt from."""

FIRST = "harbin"
