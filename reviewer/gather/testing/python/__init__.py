"""Test frameworks of Python."""
