"""Judge: puts the book's question to the proof and words the answer (decision 3).

``relate`` knows budgets, ``prove`` knows mathematics; this room translates between the two.
"""
