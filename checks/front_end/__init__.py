"""Front-end basics."""
