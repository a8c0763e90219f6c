"""One programming language per file: the grammar's tree to the common syntax."""
