"""What `kg build` costs on the seed: seconds, model load included, and peak memory.

    python -m benchmarks.build [INPUT…]

Runs the command as a user does, three times, and prints the median beside the time that loading the
language model alone takes in the same run.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3


def run(command: list[str]) -> tuple[float, float]:
    """Give the seconds that a command takes by the clock and on the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, spent


def main() -> None:
    """Print seconds and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", default=["seeds/"])
    inputs = parser.parse_args().inputs
    model = ROOT / "kg" / "lang" / "fr" / "model"
    load = [sys.executable, "-c", f"import spacy; spacy.load({str(model)!r})"]
    loads = [run([*load[:2], f"import kg.annotate.lemmas; {load[2]}"]) for _ in range(RUNS)]
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "kg.cli", "build", *inputs, "-o", os.path.join(folder, "b")]
        builds = [run(build) for _ in range(RUNS)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print("| | by the clock, s | on the processor, s |")
    print("|---|---|---|")
    for name, figures in (("load the model", loads), ("kg build", builds)):
        clock, spent = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"| {name} | {clock:.1f} | {spent:.1f} |")
    print(f"peak memory: {peak:.0f} MB")


if __name__ == "__main__":
    main()
