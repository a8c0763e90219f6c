"""The nouns of the review: frozen, typed, serialisable. Imports nothing else of ours."""
