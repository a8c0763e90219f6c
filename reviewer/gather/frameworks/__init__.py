"""One web framework per file: routes as declared, prefixes, mounts, guards."""
