"""What the law and the hall decide, as dated tables, and their loader."""
