"""An answer for readers: text, JSON, page, chart."""
