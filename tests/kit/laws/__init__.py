"""The laws of design 3 that import contracts and ruff cannot hold: each finds what breaks it.

Every check takes the tree to look at, so that a test can also show it a tree that breaks the law.
"""
