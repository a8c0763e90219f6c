"""Databases by name, and NoSQL."""
