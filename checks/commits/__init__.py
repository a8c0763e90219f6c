"""Commits: steps, messages, size, hygiene."""
