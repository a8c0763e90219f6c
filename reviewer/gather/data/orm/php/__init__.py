"""Data layers of PHP."""
