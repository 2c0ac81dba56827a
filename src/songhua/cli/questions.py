"""The six questions of `songhua new --interactive`; a line break takes the answer shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from songhua import messages
from songhua.cli.shared import answered, faults, person
from songhua.errors import SonghuaError
from songhua.fault_kinds import NotWhole, ValueMissing
from songhua.session.beginning import FolderRequest, settled, spelled
from songhua.store import packs


@dataclass
class Questions:
    """What is known so far of a new folder, and in which language the rest is asked."""

    path: Path
    asked: FolderRequest
    tongue: str

    def all(self) -> FolderRequest:
        """Everything asked that was not told.

        Raises:
            SonghuaError: `answers_missing`, where the input ends before all is answered; where no
                person sits at it, the fault of an answer.
        """
        asked = self.asked
        land = packs.in_territory(asked.territory)
        self.ask("name", spelled(self.path.resolve().name))
        self.ask("country", land[1].name(self.tongue) if land else "", needed=True)
        pack, found = packs.answering(self.asked.country)
        money = found or (land[1] if land and land[0].id == pack.id else None)
        self.ask("currency", money.currency if money else "", needed=money is None)
        if places := packs.places_of(pack):
            names = [str(entry["name"].get(self.tongue, id)) for id, entry in places.items()]
            own = self.asked.name or spelled(self.path.resolve().name)
            self.ask("like", own if own in names else "", names=tuple(names[: packs.MOST_NAMES]))
        self.ask("base_year", str(settled(self.path, self.asked)[1].base_year))
        self.ask("plan", settled(self.path, self.asked)[1].plan(self.tongue))
        return self.asked

    def ask(self, name: str, given: str, needed: bool = False, **told: Any) -> None:
        """Ask until an answer has no fault; a blank one is what was given."""
        while not getattr(self.asked, name):
            text = answered(messages.word(f"ask_{name}", self.tongue, **told), given)
            try:
                found = replace(self.asked, **self.value(name, text, given, needed))
                if name == "country":
                    packs.answering(found.country)
                elif name != "name":
                    settled(self.path, found)
            except SonghuaError as error:
                if not person():
                    raise
                faults(error.faults, self.tongue)
                continue
            self.asked = found
            return

    def value(self, name: str, text: str, given: str, needed: bool) -> Mapping[str, Any]:
        """An answer as it is kept: nothing, where it is what follows anyhow.

        Raises:
            SonghuaError: `value_missing`, for a blank answer that is needed; `not_whole`.
        """
        if needed and not text:
            raise SonghuaError(ValueMissing())
        if name == "base_year" and text != given:
            if not text.isdecimal():
                raise SonghuaError(NotWhole(text=text[:80]))
            return {name: int(text)}
        follows = text == given and name in {"name", "base_year", "plan", "currency"} and not needed
        return {} if follows else {name: text}
