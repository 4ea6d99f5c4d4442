"""What survives a restart: the event logs, the answers of calls, the blobs. SQLite and plain files."""

from scenewright.store.blobs import Blobs
from scenewright.store.database import Database
from scenewright.store.kept import Kept
from scenewright.store.lease import Lease
from scenewright.store.log import Log, WorkRow
from scenewright.store.rows import AnswerRows

__all__ = ["AnswerRows", "Blobs", "Database", "Kept", "Lease", "Log", "WorkRow"]
