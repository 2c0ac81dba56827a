"""Packs: a country's defaults as a folder of data, those that come with songhua and a user's."""

from songhua.store.packs.composing import SPAN, Beginning, composed, skeleton_in
from songhua.store.packs.pack import FOLDER, HEAD, LIKE, PAGE, Pack, Territory, files_in, read_pack
from songhua.store.packs.shelf import (
    MOST_NAMES,
    add_pack,
    additions,
    answering,
    holding,
    in_territory,
    names_of,
    new_pack,
    pack,
    packs,
    place_like,
    place_named,
    places_of,
)

__all__ = [
    "FOLDER",
    "HEAD",
    "LIKE",
    "MOST_NAMES",
    "PAGE",
    "SPAN",
    "Beginning",
    "Pack",
    "Territory",
    "add_pack",
    "additions",
    "answering",
    "composed",
    "files_in",
    "holding",
    "in_territory",
    "names_of",
    "new_pack",
    "pack",
    "packs",
    "place_like",
    "place_named",
    "places_of",
    "read_pack",
    "skeleton_in",
]
