"""Ruby in the common syntax."""
