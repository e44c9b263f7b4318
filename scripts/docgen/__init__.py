"""Documents made from the product's own tables."""
