"""Takes the command line; gives it to the commands: ``python -m eia`` is ``eia``."""

from eia.cli import main

main()
