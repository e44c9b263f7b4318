"""The one form: facts asked once, bound to every document that needs them. Pure."""
