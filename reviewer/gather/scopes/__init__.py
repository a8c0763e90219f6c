"""How a name of one file leads to its definition in another: a way for each family of languages."""
