"""Go in the common syntax."""
