"""What the handlers do with every kind of input."""
