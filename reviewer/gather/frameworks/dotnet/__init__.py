"""Web frameworks of .NET."""
