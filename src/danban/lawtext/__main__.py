"""``python -m danban.lawtext``: the same as ``danban lawtext``."""

import sys

from danban.lawtext.command import main

if __name__ == "__main__":
    sys.exit(main())
