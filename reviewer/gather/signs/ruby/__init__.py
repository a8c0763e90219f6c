"""Signs in Ruby."""
