"""The errand "closed": what a machine cannot do for now is refused with words."""
