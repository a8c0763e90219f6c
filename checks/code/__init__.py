"""Complexity and structure of the code."""
