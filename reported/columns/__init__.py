"""Columns of numbers in words: read, explained, and coded tables compared with their words. No ledger is needed.

`read_words` and `explain_words` are in `words`, `lint` in `lint`, the command line in `command`.
"""
