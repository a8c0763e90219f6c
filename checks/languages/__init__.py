"""Languages and frameworks in use."""
