"""Signs that only Python code shows."""
