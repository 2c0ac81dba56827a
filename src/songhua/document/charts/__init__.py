"""Charts as Vega-Lite, which Altair writes and `render.charts` draws."""
