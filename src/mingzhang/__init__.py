"""Mingzhang 明账."""
