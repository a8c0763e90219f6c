"""Signs in PHP."""
