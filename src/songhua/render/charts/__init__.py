"""Charts drawn from what `document` specifies: as SVG for a page and a phone, or as PNG."""
