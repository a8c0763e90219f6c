"""Data layers of Java and Kotlin."""
