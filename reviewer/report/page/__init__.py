"""The parts of the page as plain objects: sorted, rounded, worded and cut. Templates only place them."""
