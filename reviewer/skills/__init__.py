"""The one vocabulary (skills.toml) and the built-in profiles: data, and the code that reads it."""
