"""`python -m descan`."""

from descan._cli import main

main()
