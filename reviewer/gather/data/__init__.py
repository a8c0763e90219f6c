"""SQL, schema, and which databases are used: raw statements, drivers, stores."""
