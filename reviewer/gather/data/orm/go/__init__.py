"""Data layers of Go: a file each."""
