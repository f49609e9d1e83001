"""`python -m danban` is the command `danban`."""

import sys

from danban.cli import main

sys.exit(main())
