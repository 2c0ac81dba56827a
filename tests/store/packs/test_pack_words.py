"""Words that packs know: each means one entry, and those of statistical offices are among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from songhua import store
from songhua.reading.sheets.words import key
from songhua.region import Region
from songhua.session import FolderRequest, begin
from songhua.store import packs

BEGUN = [("cn", ""), ("cn", "harbin"), ("us", ""), ("us", "oregon"), ("generic", "")]


def folder(pack: str, like: str, at: Path) -> Region:
    """The region of a folder begun from a pack."""
    currency = "EUR" if len(packs.pack(pack).territories) > 1 else ""
    request = FolderRequest(pack, like=like, currency=currency)
    return store.read(begin(at / "place", request).path).region


def meanings(region: Region, catalogue: str) -> dict[str, set[str]]:
    """The entries of a catalogue by each word for them, as words of sheets are compared."""
    by_word: dict[str, set[str]] = {}
    for id, entry in getattr(region, catalogue).items():
        for text in (id, *region.words(catalogue, id).texts.values(), *(entry.get("also") or ())):
            by_word.setdefault(key(str(text)), set()).add(id)
    if catalogue == "places":
        for text in (region.code, *region.name.texts.values()):
            by_word.setdefault(key(text), set()).add(region.code)
    return by_word


@pytest.mark.parametrize(("pack", "like"), BEGUN)
def test_no_word_means_two_entries_of_a_catalogue(pack: str, like: str, tmp_path: Path) -> None:
    region = folder(pack, like, tmp_path)
    for catalogue in ("indicators", "industries", "places"):
        double = {w: ids for w, ids in meanings(region, catalogue).items() if len(ids) > 1}
        assert not double, catalogue
