"""Test frameworks of Java and Kotlin."""
