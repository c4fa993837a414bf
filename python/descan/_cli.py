"""The command `descan`."""

import signal
import sys

from descan import _native


def main() -> None:
    """Runs the command line with the arguments of this process, and exits."""
    # Python only notes a Ctrl-C until compiled code returns; this one is to end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_native.main(["descan", *sys.argv[1:]], _native.__file__))
