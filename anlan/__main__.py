"""`python -m anlan` is the command `anlan`."""

import sys

from anlan.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
