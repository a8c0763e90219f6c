"""Security: passwords, tokens, configuration, danger."""
