"""Finding and fixing bugs, maintaining, original work."""
