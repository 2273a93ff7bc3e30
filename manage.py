#!/usr/bin/env python
"""Django's command line, with the embedded services started first when they are needed."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
    from concierge.operations.entry import run

    run(sys.argv)


if __name__ == "__main__":
    main()
