"""Nouns: frozen dataclasses. Imports nothing else of ours."""
