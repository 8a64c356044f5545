"""Write requirements/*.txt out of requirements/*.in, so that they hold on any machine.

One file for Linux and macOS and for every Python from 3.11.5 on. No hashes: the same line
takes torch's CPU build on one machine and its CUDA build on another. No CUDA packages either:
the CUDA build of torch names its own.
"""

import os
import re
import subprocess
import sys

CUDA = re.compile(r"^(nvidia-|triton|cuda-)")


def lock(root):
    """Choose versions anew for both sets; those of the site are the same in both."""
    for name, held in (("test", []), ("site", ["--constraint", "test.txt"])):
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            f"{name}.in",
            "--universal",
        ]
        command += [
            "--python-version",
            "3.11.5",
            "--no-header",
            "--no-annotate",
            "--upgrade",
        ]
        # Builds found beside the registry's ("+cpu") are one machine's own: not asked for.
        settings = os.environ | {"UV_NO_CONFIG": "1", "UV_FIND_LINKS": ""}
        folder = root / "requirements"
        done = subprocess.run(
            [*command, *held, "--quiet"],
            cwd=folder,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"requirements/{name}.in cannot be resolved:\n{done.stderr}")
        lines = [line for line in done.stdout.splitlines() if not CUDA.match(line)]
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf8")
        print(f"requirements/{name}.txt: {len(lines)} packages")
