"""Which sentences of a statement does the coverage quote, whose mouth are they put in, how true?"""
