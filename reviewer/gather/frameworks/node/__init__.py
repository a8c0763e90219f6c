"""Web frameworks of JavaScript and TypeScript on Node.js: a file each."""
