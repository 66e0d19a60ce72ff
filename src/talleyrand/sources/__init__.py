"""Where records come from: one module each, strangers to one another."""
