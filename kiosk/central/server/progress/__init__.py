"""How far the documents of applications are."""
