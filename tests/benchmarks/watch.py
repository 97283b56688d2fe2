"""Runs a program, its output thrown away, and prints the bytes of memory it had at its highest.

That is what its processes held together, pages they share counted once, if several ran at a time (on Linux; looked at
each second, so a peak between may be missed), or what the system says of the one that held most, if that is more.
"""

import resource
import subprocess
import sys
from pathlib import Path

_SECONDS = 1


def main(command: list[str]) -> int:
    """Run it, print the peak, and give its exit status."""
    together = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while True:
            try:
                status = process.wait(_SECONDS)
                break
            except subprocess.TimeoutExpired:
                together = max(together, sum(map(_held, _with_children(process.pid))))
    alone = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 2**10)
    print(max(alone, together))
    return status


def _with_children(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # ended meanwhile, or not Linux
        return [pid]
    return [pid, *(one for child in children for one in _with_children(int(child)))]


def _held(pid: int) -> int:
    """Give the proportional set size of a process (proc_pid_smaps(5)), in bytes; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
