"""One process runs a work at a time.

The lease is a lock that the operating system drops when the process ends, however it ends, so a killed run can be
resumed at once: no heartbeat to wait for. (Several machines need a heartbeat; that belongs to their own store.)
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from scenewright.domain.errors import WorkBusy


class Lease:
    """Use as a context manager. Raises: WorkBusy: if another process holds the work."""

    def __init__(self, folder: Path, work: str) -> None:
        self._work = work
        self._lock = FileLock(folder / "leases" / f"{work}.lock", blocking=False)

    def __enter__(self) -> Self:
        Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as exc:
            raise WorkBusy(f"Work {self._work} is being run by another process; wait for it or stop it there.") from exc
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._lock.release()
