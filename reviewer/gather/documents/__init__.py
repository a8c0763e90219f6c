"""Files that are no source code, one kind per module: manifests, CI, containers, README, secrets."""
