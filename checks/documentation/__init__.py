"""Documentation: README, API, claims, decisions."""
