"""Signs that only JavaScript and TypeScript on Node.js code shows."""
