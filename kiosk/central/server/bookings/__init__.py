"""Bookings: slots, who holds a place in them, and checking in."""
