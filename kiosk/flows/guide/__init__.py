"""The errand "guide": what to know before an application and before a journey."""
