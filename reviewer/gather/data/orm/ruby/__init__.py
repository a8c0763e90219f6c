"""Data layers of Ruby."""
