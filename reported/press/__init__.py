"""Notebooks in, pages out: execution, one HTML page, one tagged PDF. Knows nothing of figures."""
