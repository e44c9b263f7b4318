"""Cameras and faces through OpenCV."""
