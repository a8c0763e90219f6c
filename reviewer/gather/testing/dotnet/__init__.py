"""Tests in C#."""
