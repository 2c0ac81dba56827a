"""Schemes of classes, as data (schemes.toml): names for a lead or a lag of a target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from songhua import messages, schema
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ChoiceUnknown
from songhua.maths.bounds import Interval
from songhua.plan.fault_kinds import ClassWithoutWords, SchemeBands, SchemeClassUnknown
from songhua.plan.vocabulary import Standing, term

NO_DATA = "no_data"
DEFAULT = "national"
EXACT = 1e-9


@dataclass(frozen=True)
class ProgressClass:
    """A class of targets: its name, its place from the worst (0) to the best, what it says."""

    name: str
    order: int
    standing: Standing

    @property
    def behind(self) -> bool:
        """True where a target of this class lags or was missed.

        >>> classes()["lagging"].behind, classes()["in_line"].behind
        (True, False)
        """
        return self.standing in (Standing.BEHIND, Standing.MISSED)

    @property
    def achieved(self) -> bool:
        """True where the goal is reached.

        >>> classes()["achieved_early"].achieved, classes()["faster"].achieved
        (True, False)
        """
        return self.standing == Standing.ACHIEVED


@dataclass(frozen=True)
class Scheme:
    """A scheme: `bands` are (least lead, class) from the highest down."""

    name: str
    early: str
    end: tuple[str, str]
    bands: tuple[tuple[float, str], ...]

    def of(self, lead: float) -> str:
        """The class of a lead, in shares of the period.

        >>> [schemes()["national"].of(lead) for lead in (0.2, 0.0, -0.2)]
        ['faster', 'in_line', 'lagging']
        """
        return next(name for least, name in self.bands if lead >= least - EXACT)

    def classes(self, lead: Interval, met: bool | None, over: bool) -> tuple[str, ...]:
        """The classes that the bounds of the figures leave possible, the worse ones last.

        `met` says whether the goal is surely met (True), surely not (False), or open (None);
        `over` whether its time has passed.

        >>> national = schemes()["national"]
        >>> national.classes(Interval(0.05, 0.15), met=False, over=False)
        ('faster', 'in_line')
        >>> national.classes(Interval(0.3, 0.3), met=True, over=False)
        ('achieved_early',)
        """
        if over:
            return self.end if met is None else (self.end[0] if met else self.end[1],)
        if met:
            return (self.early,)
        first = [name for _, name in self.bands].index(self.of(lead.high))
        last = [name for _, name in self.bands].index(self.of(lead.low))
        possible = tuple(name for _, name in self.bands[first : last + 1])
        return possible if met is False else tuple(dict.fromkeys((self.early, *possible)))


@dataclass(frozen=True)
class Schemes:
    """The classes by name, from the worst to the best, and the schemes by name."""

    classes: Mapping[str, ProgressClass]
    schemes: Mapping[str, Scheme]


def read_schemes(data: schema.Entry) -> Schemes:
    """Schemes and classes from the contents of schemes.toml.

    Raises:
        SonghuaError: `class_without_words`, for a class that a message catalogue does not name;
            `scheme_class_unknown`, for one that is not among `classes`; `scheme_bands`, for
            bands that do not fall to -inf; `choice_unknown`, for a standing that there is not.

    >>> read_schemes({"classes": [{"name": "superb", "standing": "ahead"}], "schemes": {}})
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: The class superb of targets has no words (en, zh). Add it to [choices.target_class] of these message catalogues.
    """  # noqa: E501
    listed = [
        ProgressClass(row["name"], order, term(Standing, row["standing"]))
        for order, row in enumerate(data["classes"])
    ]
    by_name = {progress_class.name: progress_class for progress_class in listed}
    faults = [fault for progress_class in listed for fault in _class_faults(progress_class)]
    schemes = {name: _scheme(name, row) for name, row in data["schemes"].items()}
    faults += [fault for scheme in schemes.values() for fault in _scheme_faults(scheme, by_name)]
    if faults:
        raise SonghuaError(*faults)
    return Schemes(by_name, schemes)


def _scheme(name: str, data: schema.Entry) -> Scheme:
    bands = tuple((float(band["from"]), band["class"]) for band in data["bands"])
    good, bad = data["end"]
    return Scheme(name, data["early"], (good, bad), bands)


def _class_faults(progress_class: ProgressClass) -> list[Fault]:
    """A class needs words in every language."""
    lacking = [
        lang
        for lang in messages.LANGUAGES
        if progress_class.name not in messages.catalogue(lang)["choices"]["target_class"]
    ]
    return [ClassWithoutWords(name=progress_class.name, langs=tuple(lacking))] if lacking else []


def _scheme_faults(scheme: Scheme, declared: Mapping[str, ProgressClass]) -> list[Fault]:
    """Its classes must be declared, and its bands must fall to -inf."""
    names = dict.fromkeys((scheme.early, *scheme.end, *(name for _, name in scheme.bands), NO_DATA))
    faults: list[Fault] = [
        SchemeClassUnknown(scheme=scheme.name, name=name) for name in names if name not in declared
    ]
    leads = [least for least, _ in scheme.bands]
    falling = all(above > below for above, below in pairwise(leads))
    if not falling or leads[-1:] != [-math.inf]:
        faults.append(SchemeBands(scheme=scheme.name))
    return faults


@cache
def _all() -> Schemes:
    return read_schemes(schema.scheme_data())


def schemes() -> Mapping[str, Scheme]:
    """The schemes by name.

    >>> schemes()["schedule"].of(-0.01)
    'behind'
    """
    return _all().schemes


def classes() -> Mapping[str, ProgressClass]:
    """The classes of all schemes by name, from the worst to the best, the one without data last.

    >>> list(classes())[:2]
    ['missed', 'lagging']
    """
    return _all().classes


def parse_scheme(text: str) -> Scheme:
    """The scheme of this name; blank is the national one.

    Raises:
        SonghuaError: `choice_unknown`.

    >>> parse_scheme("").name, parse_scheme("schedule").name
    ('national', 'schedule')
    """
    scheme = schemes().get(text or DEFAULT)
    if scheme is None:
        raise SonghuaError(ChoiceUnknown(text=text[:80], choices=tuple(schemes())))
    return scheme
