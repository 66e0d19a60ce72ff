"""Claims of an argument, put to the records one by one: file, measures, expectations, answers."""
