"""`python -m accordingto` is the command line."""

from accordingto.cli.main import main

main()
