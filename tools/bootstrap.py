"""Puts uv into .tools, with nothing but Python. Debian's Python may lack ensurepip, so pip alone will do, too."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

VERSION = "0.13.8"
TOOLS = Path(__file__).parent.parent / ".tools"


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Scenewright needs Python 3.11 or newer; run make with PYTHON=/path/to/it.")
    wanted = f"uv=={VERSION}"
    try:
        venv.create(TOOLS, with_pip=True, clear=True)
        pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", wanted]
        subprocess.run(pip, check=True)
    except (subprocess.CalledProcessError, OSError, SystemExit):
        into = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), wanted]
        if subprocess.run(into, check=False).returncode:
            sys.exit("uv could not be installed: Debian and Ubuntu need `apt install python3-venv`; then try again.")


main()
