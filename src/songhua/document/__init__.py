"""What is shown of each result, as blocks: one module a study, and the documents made of them."""
