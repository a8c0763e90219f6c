"""PHP in the common syntax."""
