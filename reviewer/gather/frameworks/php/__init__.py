"""Web frameworks of PHP, and plain PHP."""
