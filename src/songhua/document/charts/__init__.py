"""Charts: Altair makes Vega-Lite, vl-convert draws it as SVG, and the page takes it inline."""
