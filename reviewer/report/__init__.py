"""Draws a finished review: HTML, JSON, Markdown, terminal. Sees the model only."""
