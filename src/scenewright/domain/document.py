"""What a source says, kept as a structure: sections with ids, each a list of blocks.

Inline text (`Inline`) is plain text with four marks and nothing else: **bold**, *emphasis*, `code` and $LaTeX$.
A literal mark is escaped with a backslash. Links keep their words and lose their address.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.base import Value

Inline = str


class Prose(Value):
    type: Literal["prose"] = "prose"
    text: Inline


class Listing(Value):
    type: Literal["list"] = "list"
    ordered: bool = False
    items: tuple[Inline, ...]


class Table(Value):
    type: Literal["table"] = "table"
    header: tuple[Inline, ...] = ()
    rows: tuple[tuple[Inline, ...], ...]
    caption: Inline = ""


class Code(Value):
    type: Literal["code"] = "code"
    language: str = ""  # a Pygments alias, or empty
    text: str


class Formula(Value):
    type: Literal["formula"] = "formula"
    latex: str  # display mathematics without delimiters


class Image(Value):
    type: Literal["image"] = "image"
    asset: str  # an asset name, see ReadDocument.assets
    alt: str = ""
    caption: Inline = ""


class Quotation(Value):
    type: Literal["quote"] = "quote"
    text: Inline


DocumentBlock = Annotated[Prose | Listing | Table | Code | Formula | Image | Quotation, Field(discriminator="type")]


class Section(Value):
    """A heading and what stands under it, up to the next heading of any level."""

    id: str  # made from the headings above it and its own, not from its text: "install/on-windows"
    title: Inline = ""
    level: int = 1  # 1 = chapter, 2 = section ...; 0 = what stands before the first heading
    blocks: tuple[DocumentBlock, ...] = ()


class Document(Value):
    """One source, read. Pure data: no bytes, no addresses."""

    name: str  # what the person called it: a file name, an address or "topic"
    title: str = ""
    language: str = ""  # BCP 47, as detected or declared; "" if unknown
    sections: tuple[Section, ...] = ()
