"""The parts of a .docx or .pptx, read within limits: no bombs, no entities, no paths."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any

from scenewright.documents.reading import Limits
from scenewright.domain.errors import BadInput

_MAX_PARTS = 20_000
_MAX_RATIO = 200  # unpacked to packed, of a part above a megabyte
_DAMAGE = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError)
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An opened package. Parts are addressed by their names inside the zip, without a leading slash."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except _DAMAGE as exc:
            raise self._damaged() from exc
        self._check(limits)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None if there is none of that name. Raises: BadInput: if it is damaged."""
        info = self._infos.get(part)
        if info is None:
            return None
        try:
            with self._zip.open(info) as file:
                return file.read(info.file_size + 1)[: info.file_size]
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as exc:
            raise self._damaged() from exc

    def xml(self, part: str) -> Any:
        """The root element of a part, None if there is none. Raises: BadInput: if it is no XML or has a DOCTYPE."""
        import lxml.etree

        data = self.read(part)
        if data is None:
            return None
        if _declares_entities(data):
            raise BadInput(f"{self._name} declares XML entities, which no word processor writes; save it anew.")
        parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return lxml.etree.fromstring(data, parser)
        except (lxml.etree.LxmlError, ValueError) as exc:
            raise self._damaged() from exc

    def relations(self, part: str) -> dict[str, str]:
        """From relation ids to part names; relations to addresses outside the package are left out."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, str] = {}
        for relation in root.iter(_REL) if root is not None else ():
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External" and relation.get("Id"):
                path = target if target.startswith("/") else posixpath.join(folder, target)
                found[relation.get("Id")] = posixpath.normpath(path).lstrip("/")
        return found

    def check_xml(self) -> None:
        """Raises: BadInput: if any part declares entities; for libraries that parse the package themselves."""
        for part in self._infos:
            if re.search(r"\.(?:xml|rels|vml)$", part, re.I):
                data = self.read(part)
                if data is not None and _declares_entities(data):
                    raise BadInput(f"{self._name} declares XML entities, which no office program writes; save it anew.")

    def _check(self, limits: Limits) -> None:
        infos = self._infos.values()
        if any(info.flag_bits & 1 for info in infos):
            raise BadInput(f"{self._name} is protected by a password; remove the password and try again.")
        total = sum(info.file_size for info in infos)
        bomb = any(info.file_size > max(2**20, info.compress_size * _MAX_RATIO) for info in infos)
        if len(infos) > _MAX_PARTS or total > limits.max_unpacked_bytes or bomb:
            raise BadInput(f"{self._name} unpacks to far more than a document holds; it is not opened.")

    def _damaged(self) -> BadInput:
        return BadInput(f"{self._name} is damaged and cannot be opened; save it anew and try again.")


def _declares_entities(data: bytes) -> bool:
    head = data[:200_000].replace(b"\x00", b"")  # UTF-16 too
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head
