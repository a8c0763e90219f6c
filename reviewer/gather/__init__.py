"""Git data to facts: per file in workers, pure and cached; then linked per repository."""
