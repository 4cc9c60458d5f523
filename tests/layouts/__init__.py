"""Books of layouts that no shared book has, printed from random accounts: right by construction."""
