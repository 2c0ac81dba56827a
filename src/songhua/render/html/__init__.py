"""HTML of blocks: one page that carries its style, its font and its charts."""
