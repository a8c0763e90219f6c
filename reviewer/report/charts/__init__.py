"""Pictures as numbers: each module turns a few counts into the attributes of an inline SVG."""
