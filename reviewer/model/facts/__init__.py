"""Facts, grouped by subject. A kept fact carries its line; its path is added when the repository is linked."""
