"""Content management systems."""
