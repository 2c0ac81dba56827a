"""The six questions of `songhua new --interactive`; a line break takes the answer shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from songhua import messages
from songhua.cli.shared import ask_line, person, print_faults
from songhua.errors import SonghuaError
from songhua.fault_kinds import NotWhole, ValueMissing
from songhua.session.beginning import FolderRequest, settled, spelled
from songhua.store import packs


@dataclass
class Questions:
    """The `request` for a new folder so far, and the language in which the rest is asked."""

    path: Path
    request: FolderRequest
    tongue: str

    def all(self) -> FolderRequest:
        """Ask all that the call did not say.

        Raises:
            SonghuaError: `answers_missing`, where the input ends before all is answered; where no
                person sits at it, the fault of an answer.
        """
        request = self.request
        land = packs.in_territory(request.territory)
        self.ask("name", spelled(self.path.resolve().name))
        self.ask("country", land[1].name(self.tongue) if land else "", needed=True)
        pack, country = packs.answering(self.request.country)
        money = country or (land[1] if land and land[0].id == pack.id else None)
        self.ask("currency", money.currency if money else "", needed=money is None)
        if places := packs.places_of(pack):
            names = [str(entry["name"].get(self.tongue, id)) for id, entry in places.items()]
            name = self.request.name or spelled(self.path.resolve().name)
            self.ask("like", name if name in names else "", names=tuple(names[: packs.MOST_NAMES]))
        self.ask("base_year", str(settled(self.path, self.request)[1].base_year))
        self.ask("plan", settled(self.path, self.request)[1].plan(self.tongue))
        return self.request

    def ask(self, name: str, usual: str, needed: bool = False, **params: Any) -> None:
        """Ask until an answer has no fault; a blank one is the usual one."""
        while not getattr(self.request, name):
            text = ask_line(messages.word(f"ask_{name}", self.tongue, **params), usual)
            try:
                request = replace(self.request, **self.value(name, text, usual, needed))
                if name == "country":
                    packs.answering(request.country)
                elif name != "name":
                    settled(self.path, request)
            except SonghuaError as error:
                if not person():
                    raise
                print_faults(error.faults, self.tongue)
                continue
            self.request = request
            return

    def value(self, name: str, text: str, usual: str, needed: bool) -> Mapping[str, Any]:
        """An answer as it is kept: nothing, where it is what follows anyhow.

        Raises:
            SonghuaError: `value_missing`, for a blank answer that is needed; `not_whole`.
        """
        if needed and not text:
            raise SonghuaError(ValueMissing())
        if name == "base_year" and text != usual:
            if not text.isdecimal():
                raise SonghuaError(NotWhole(text=text[:80]))
            return {name: int(text)}
        follows = text == usual and name in {"name", "base_year", "plan", "currency"} and not needed
        return {} if follows else {name: text}
