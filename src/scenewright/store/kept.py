"""What outlives the works that it came from, a file for each: plain JSON, so that a backup is a copy."""

from __future__ import annotations

import json
import re
from pathlib import Path

from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput, StoreError
from scenewright.store.files import write_whole

VERSION = 1
LARGEST = 50_000_000  # bytes
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Kept:
    """Things of one kind of work in the data folder `home`, by name.

    Names are lower-case letters, digits, "-" and "_", 64 at most. Raises: BadInput: a name is another.
    """

    def __init__(self, home: Path, kind: str) -> None:
        self._folder, self._kind = home / "kept", kind

    def names(self) -> list[str]:
        found = [path.name.split(".")[1] for path in self._folder.glob(f"{self._kind}.*.json")]
        return sorted(name for name in found if _NAME.fullmatch(name))

    def get(self, name: str) -> Json | None:
        """None if nothing is kept under this name. Raises: StoreError: damaged, or written by a newer version."""
        path = self._path(name)
        try:
            if path.stat().st_size > LARGEST:
                raise StoreError(f"{path} is larger than {LARGEST} bytes and so damaged; {_remedy(path)}")
            written = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise StoreError(f"{path} cannot be read ({exc.strerror}); see to its rights or its disk.") from exc
        except (ValueError, RecursionError) as exc:
            raise StoreError(f"{path} is damaged; {_remedy(path)}") from exc
        return _opened(written, path)

    def put(self, name: str, value: Json) -> None:
        """On disk, whole, when it returns. Raises: StoreError: it cannot be written."""
        path = self._path(name)
        text = json.dumps({"format": "scenewright.kept", "version": VERSION, "value": value}, indent=1, allow_nan=False)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
        except OSError as exc:
            raise StoreError(f"{path} could not be written ({exc}); free some space and resume.") from exc

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadInput(f"{name!r} is no name of ours; `scenewright shows` lists those there are.")
        return self._folder / f"{self._kind}.{name}.json"  # with the kind before it, no name is reserved anywhere


def _opened(written: Json, path: Path) -> Json:
    if not isinstance(written, dict) or written.get("format") != "scenewright.kept" or "value" not in written:
        raise StoreError(f"{path} is not what was written there; {_remedy(path)}")
    version = written.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise StoreError(f"{path} was written by a newer Scenewright (version {version}); upgrade.")
    return written["value"]


def _remedy(path: Path) -> str:
    return f"take {path.name} from a backup, or remove it and give the bible again."
