#!/usr/bin/env python3
"""Generated operations over the whole schema, against the real binary: no answer is a 500, none says INTERNAL.

LECTERN_BIN names the binary. FUZZ_SECONDS is how long it goes on: 60 unless it says otherwise, 300 at night.
`cargo xtask fuzz` runs it, by a Python that has what requirements.txt asks for.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
READY = re.compile(r"GraphQL\s+(http://127\.0\.0\.1:\d+/graphql)")


def main():
    seconds = int(os.environ.get("FUZZ_SECONDS") or 60)
    with tempfile.TemporaryDirectory(prefix="lectern-fuzz-") as folder:
        server, log = start(os.environ["LECTERN_BIN"], folder)
        try:
            failed = fuzz(ready(server), seconds, folder)
            if server.poll() is not None:
                failed = f"lectern ended: {server.returncode}"
        finally:
            server.terminate()
            server.wait(timeout=30)
        log.seek(0)
        said = log.read()
        if "panicked" in said:
            failed = f"lectern panicked:\n{said}"
    sys.exit(failed)


def start(binary, folder):
    """The server on an empty folder, which it fills with its demo school. Nobody is slowed down."""
    settings = {"LECTERN_RATE_VIEWER": "0", "LECTERN_RATE_ADDRESS": "0"}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings
    log = tempfile.TemporaryFile("w+")
    command = [binary, "serve", "--listen", "127.0.0.1:0", "--data-dir", f"{folder}/data"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True), log


def ready(server):
    for line in server.stdout:
        if found := READY.search(line):
            return found[1]
    raise SystemExit("lectern ended before it was ready")


def fuzz(url, seconds, folder):
    environment = os.environ | {"FUZZ_URL": url, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
    command = [
        Path(sys.executable).parent / "schemathesis",
        *("run", url),
        *("--phases", "fuzzing", "--max-time", str(seconds), "--checks", "is_told_properly"),
        *("--mode", "positive", "--no-shrink", "--continue-on-failure", "--suppress-health-check", "all"),
        *("--generation-database", "none", "--warnings", "off", "--no-color"),
    ]
    return subprocess.run(command, cwd=folder, env=environment).returncode


if __name__ == "__main__":
    main()
