"""Signs that only Go code shows."""
