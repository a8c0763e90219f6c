"""JavaScript and TypeScript on Node.js in the common syntax."""
