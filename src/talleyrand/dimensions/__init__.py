"""What is measured: one module each, a store in, a series out."""
