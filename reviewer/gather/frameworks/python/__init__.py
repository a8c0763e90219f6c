"""Web frameworks of Python: a file each."""
