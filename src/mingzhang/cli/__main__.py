"""``python -m mingzhang.cli``."""

from mingzhang.cli import main

if __name__ == "__main__":
    main()
