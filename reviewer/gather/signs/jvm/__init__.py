"""Signs that only Java and Kotlin code shows."""
