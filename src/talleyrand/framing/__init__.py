"""The trained coder of framing: who acts warmly or coldly towards whom in a sentence.

`tokens` turns a sentence with two marked parties into words, `network` scores them, `coder` holds
the committed model, `framing_build` builds it (`make framing`). Nothing but NumPy is
needed at run time.
"""
