"""Data layers of .NET."""
