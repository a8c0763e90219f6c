"""Names to git data: what was typed, what the host lists, clones, objects."""
