"""A person at the screen, for tests; the tour of the product uses the same one."""

from screens.person import NotSeenError, Person

__all__ = ["NotSeenError", "Person"]
