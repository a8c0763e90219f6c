"""SQL and relational data: use, schema, keys, statements."""
