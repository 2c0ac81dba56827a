"""The workbench in the browser: a region's folder as pages that lead to one another, and as data.

`app` makes it for one folder. Pages are the blocks of the document layer; nothing is laid out or
computed here. `songhua serve DIR` runs it, for this machine alone.
"""
