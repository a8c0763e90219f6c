"""Test frameworks of JavaScript and TypeScript on Node.js."""
