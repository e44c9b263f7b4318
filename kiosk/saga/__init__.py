"""Durable steps around cards and money: intent, act, probe, done (design 8)."""
