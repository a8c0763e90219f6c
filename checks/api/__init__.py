"""API design: paths, methods, statuses, validation, errors."""
