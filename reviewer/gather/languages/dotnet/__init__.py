"""C# in the common syntax."""
