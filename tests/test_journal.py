"""The log is its owner's alone: other accounts of the machine have no business with references and times."""

import subprocess
import sys
from pathlib import Path

from lib.config import PROJECT


def test_nobody_else_enters_the_folder_of_the_log(tmp_path: Path) -> None:
    file = tmp_path / "home" / "logs" / "pilote.log"
    program = f"from pathlib import Path; from lib import journal; journal.set_up(Path({str(file)!r}))"

    subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=True)

    assert file.parent.stat().st_mode & 0o077 == 0
