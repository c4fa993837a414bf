"""The command `descan` of the package behaves as the program does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import descan

DESCAN = Path(sys.executable).with_name("descan")


def run(*arguments, **options):
    return subprocess.run([DESCAN, *arguments], capture_output=True, check=False, **options)


def test_it_cleans_and_returns_the_exit_codes(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Tbe boats.\n")
    done = run("clean", page)
    assert (done.returncode, done.stdout) == (0, b"The boats.\n")
    assert run("check", page).returncode == 1
    wrong = run("clean", "--level", "sure", page)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith(b"descan: invalid value 'sure'")
    assert run("--version").stdout.startswith(b"descan ")
    module = subprocess.run([sys.executable, "-m", "descan", "--version"], capture_output=True, check=True)
    assert module.stdout == run("--version").stdout


def test_it_gives_what_the_library_gives(scans):
    for scan in scans.values():
        assert run("clean", "-", input=scan.encode()).stdout == descan.clean_bytes(scan.encode()).data


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals")
def test_ctrl_c_ends_it():
    started = subprocess.Popen([DESCAN, "clean", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1)  # It waits for its input now.
    started.send_signal(signal.SIGINT)
    assert started.wait(10) in (130, -signal.SIGINT)
    assert b"Traceback" not in started.stderr.read()


@pytest.mark.skipif(os.name != "posix", reason="there are no such pipes")
def test_a_closed_pipe_is_no_error(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Tbe boats lay on the mud.\n\n" * 20_000)
    piped = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" check "$1" | head -1', DESCAN, page], capture_output=True, check=False
    )
    assert piped.returncode == 1
    assert piped.stderr == b""


def test_results_are_reused_by_the_same_module_only(tmp_path):
    """What counts is the compiled module, not the Python that loads it."""
    pages, other = tmp_path / "in", tmp_path / "other"
    pages.mkdir()
    for name in ("a.txt", "b.txt"):
        (pages / name).write_text("Tbe boats.\n")
    other.write_text("another version")
    code = "import sys; from descan import _native; sys.exit(_native.main(sys.argv[2:], sys.argv[1]))"

    def clean_by(file):
        arguments = ["descan", "clean", "--out-dir", tmp_path / "out", pages]
        done = subprocess.run([sys.executable, "-c", code, file, *arguments], capture_output=True, check=True)
        return b"2 files unchanged since an earlier run" in done.stderr

    module = descan._native.__file__
    assert [clean_by(module), clean_by(module), clean_by(other), clean_by(other)] == [False, True, False, True]
