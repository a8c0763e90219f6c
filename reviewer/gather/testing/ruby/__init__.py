"""Tests in Ruby."""
