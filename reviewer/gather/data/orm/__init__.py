"""One object-relational mapper or data layer per file: models as tables, queries as statements."""
