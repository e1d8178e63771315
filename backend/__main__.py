"""`python -m backend` is `xunfang`."""

from backend.cli import main

main()
