"""Catalog: what Mingzhang knows about budgets, as data (TOML, CSV) with thin readers."""
