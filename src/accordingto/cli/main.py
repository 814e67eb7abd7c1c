"""The entry of the command line: it ends quietly when it is stopped, from its first moment on.

The commands are imported within, so that Ctrl-C finds somebody who answers while they are.
"""

from __future__ import annotations

import sys

STOPPED = 130  # what shells give a program that Ctrl-C ended


def main() -> None:
    """The program."""
    try:
        from accordingto.cli.program import run

        run()
    except KeyboardInterrupt:
        print("accordingto: stopped; what was entered so far stays.", file=sys.stderr)
        raise SystemExit(STOPPED) from None
