"""Web frameworks of Go: a file each."""
