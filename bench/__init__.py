"""Benchmarks: what DESIGN.md promises, measured. Run as ``python -m bench.mutation`` and so on.

Results go to bench/figures.json, from which bench/report.py writes the tables of the README.
"""
