"""Python in the common syntax."""
