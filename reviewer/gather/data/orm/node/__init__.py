"""Data layers of JavaScript and TypeScript on Node.js: a file each."""
