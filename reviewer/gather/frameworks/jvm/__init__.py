"""Web frameworks of Java and Kotlin: a file each."""
