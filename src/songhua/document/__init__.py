"""The results as blocks: one module a study, and the documents made of them."""
