"""Data layers of Python: a file each."""
