"""Signs in C#."""
