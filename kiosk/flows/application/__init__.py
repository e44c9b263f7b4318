"""The errand "apply": from the identity card to the queue ticket."""
