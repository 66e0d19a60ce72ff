"""Arrays and series in, findings out: the judgement, breaks, agreement, the headline."""
