"""`python -m talleyrand`."""

import sys

from talleyrand.cli import main

if __name__ == "__main__":
    sys.exit(main())
