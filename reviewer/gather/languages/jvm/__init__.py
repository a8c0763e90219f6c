"""Java and Kotlin in the common syntax."""
