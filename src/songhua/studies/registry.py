"""The registry of studies: the parts that each reads, its options, the studies before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from songhua.errors import Fault, SonghuaError
from songhua.studies.fault_kinds import OptionMissing, OptionUnknown, OptionUnreadable, StudyUnknown
from songhua.studies.parts import PARTS

if TYPE_CHECKING:
    import numpy as np

    from songhua.plan import Plan
    from songhua.region import Region
    from songhua.results import Finding, Json, Result
    from songhua.rules import Rulebook
    from songhua.rules.register import Register

Progress = Callable[[int, int, str], None]
Options = TypeVar("Options")
#: The options of a study by name, as plain values.
OptionValues = Mapping[str, object]
#: No number of an option is larger.
MOST = 1e300
#: Numbers by name, as an option of a study holds them; asked by a mapping.
Numbers = tuple[tuple[str, float], ...]


class Rulebooks(Protocol):
    """The law as data, wherever it stands."""

    def names(self) -> tuple[str, ...]:
        """The rulebooks that come with songhua."""
        ...

    def load(self, name: str) -> Rulebook:
        """One rulebook by its name."""
        ...

    def applicable(self, facts: Iterable[str]) -> tuple[str, ...]:
        """The rulebooks of the country that asks for these facts."""
        ...


@dataclass(frozen=True, eq=False)
class Inputs:
    """Inputs of a study: the parts of a folder that it names, and the means to work with.

    Parts that it does not name are blank. `evidence` are the results of earlier studies, by name,
    each made when it is first looked up;
    `lacking` names a file for each of them that the folder has no data for.
    """

    region: Region
    plan: Plan | None = None
    register: Register | None = None
    rulebooks: Rulebooks | None = None
    evidence: Mapping[str, Result] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)
    rng: np.random.Generator | None = None
    progress: Progress | None = None


@dataclass(frozen=True)
class Study(Generic[Options]):
    """One study as the session, the command line and the documents see it.

    `needs` are the parts that it reads (`parts.PARTS`). `evidence` says for its options which
    studies must come first, with theirs. `lacks` names a file that the folder would have to have,
    and `why` gives the reason where the file alone does not tell it; `resolve` completes the
    options from the folder. `outside_digests` are of all that it reads outside it, by name. A
    result is not `cacheable` where it names single firms or rests on files of a user outside the
    folder. `rank` is its place in a whole run. The secret that `seal` gives moves its numbers; a
    guess of the register's files cannot be tried on their digests in the recipe, which rest on it
    too. A `summing` study makes do with the evidence that the folder has data for. One with `bulk`
    has a table that is shown only where it is asked for.
    """

    name: str
    function: Callable[[Inputs, Options], Result]
    needs: tuple[str, ...]
    options: type[Options]
    rank: int
    lacks: Callable[[Inputs], str | None]
    why: Callable[[Inputs], Finding | None]
    resolve: Callable[[Inputs, Options], Options]
    evidence: Callable[[Options], Mapping[str, OptionValues]]
    cacheable: Callable[[Inputs, Options], bool]
    outside_digests: Callable[[Inputs, Options], Mapping[str, str]]
    seal: Callable[[Inputs, Options], bytes]
    summing: bool
    bulk: bool

    @property
    def in_whole_run(self) -> bool:
        """True where no option must be given, so that a whole run makes it."""
        return all(option.default is not MISSING for option in self.fields())

    @property
    def summary(self) -> str:
        """Its summary on the command line."""
        return self.function.__doc__ or ""

    def fields(self) -> tuple[Field[object], ...]:
        """The fields of its options; one that is not compared changes no number."""
        return fields(self.options)  # pyright: ignore[reportArgumentType]

    def read_options(self, requested: OptionValues) -> Options:
        """The options of this study from values by name.

        Raises:
            SonghuaError: `option_unknown`, `option_missing`, `option_unreadable`.
        """
        declared = {option.name: option for option in self.fields()}
        names = tuple(declared) or ("–",)
        faults: list[Fault] = [
            OptionUnknown(study=self.name, name=name, names=names)
            for name in requested.keys() - declared.keys()
        ]
        values: dict[str, object] = {}
        for name, option in declared.items():
            if name in requested:
                try:
                    values[name] = _typed(requested[name], option)
                except (TypeError, ValueError):
                    text = str(requested[name])[:80]
                    faults.append(OptionUnreadable(study=self.name, name=name, text=text))
            elif option.default is MISSING:
                faults.append(OptionMissing(study=self.name, name=name))
        if faults:
            raise SonghuaError(*faults)
        return self.options(**values)

    def plain(self, options: Options) -> dict[str, Json]:
        """The options as plain data, without those that change no number or ask for nothing."""
        values = {
            field.name: getattr(options, field.name)
            for field in self.fields()
            if field.compare and (field.metadata["help"] or getattr(options, field.name))
        }
        return {n: list(v) if isinstance(v, tuple) else v for n, v in values.items()}


def _typed(value: Any, option: Field[Any]) -> Any:
    """A value as the type that its field names: a text, a number, a yes or no, texts, numbers."""
    kind = str(option.type)
    if kind == "str" and (value is None or hasattr(value, "isoformat")):
        return "" if value is None else value.isoformat()
    if kind.startswith("tuple[tuple"):
        pairs = value.items() if isinstance(value, Mapping) else value
        return tuple((str(name), _number(number)) for name, number in pairs)
    if kind.startswith("tuple"):
        if isinstance(value, str) or not all(isinstance(item, str) for item in value):
            raise TypeError
        return tuple(value)
    if kind == "float":
        return _number(value)
    if kind == "int" and hasattr(value, "__index__") and not isinstance(value, bool):
        value = int(value)
    if type(value).__name__ != kind:
        raise TypeError
    least = option.metadata.get("least")
    if least is not None and value < least:
        raise ValueError
    return value


def _number(value: Any) -> float:
    """A number, which has an end."""
    if isinstance(value, bool) or not abs(value) <= MOST:
        raise TypeError
    return float(value)


def option(
    default: Any = MISSING,
    help: str = "",
    metavar: str = "",
    least: int | None = None,
    result: bool = True,
    flag: str = "",
) -> Any:
    """A field of a study's options, with the words and bounds that the command line shows.

    Without a default it must be given. `result=False` marks what changes how the work is done
    and never what comes out; `flag` is its name on the command line, if not the field's. One
    without help is for sessions alone, and is no flag.
    """
    about = {"help": help, "metavar": metavar, "least": least, "flag": flag}
    return field(default=default, compare=result, metadata=about)


@dataclass(frozen=True)
class NoOptions:
    """The options of a study that has none."""


_STUDIES: dict[str, Study[Any]] = {}


def study(
    name: str,
    *,
    needs: tuple[str, ...],
    options: type[Options],
    rank: int,
    lacks: Callable[[Inputs], str | None] = lambda _: None,
    why: Callable[[Inputs], Finding | None] = lambda _: None,
    resolve: Callable[[Inputs, Options], Options] = lambda _, options: options,
    evidence: Callable[[Options], Mapping[str, OptionValues]] = lambda _: {},
    cacheable: Callable[[Inputs, Options], bool] = lambda *_: True,
    outside_digests: Callable[[Inputs, Options], Mapping[str, str]] = lambda *_: {},
    seal: Callable[[Inputs, Options], bytes] = lambda *_: b"",
    summing: bool = False,
    bulk: bool = False,
) -> Callable[[Callable[[Inputs, Options], Result]], Callable[[Inputs, Options], Result]]:
    """Register a function as a study; see `Study`.

    Raises:
        ValueError: at load, for a part that does not exist or a name that is taken.
    """
    strange = set(needs) - set(PARTS)
    if strange or name in _STUDIES:
        raise ValueError(f"{name}: {sorted(strange) or 'twice'}")

    def register(function: Callable[[Inputs, Options], Result]) -> Any:
        _STUDIES[name] = Study(
            name,
            function,
            needs,
            options,
            rank,
            lacks,
            why,
            resolve,
            evidence,
            cacheable,
            outside_digests,
            seal,
            summing,
            bulk,
        )
        return function

    return register


@cache
def studies() -> Mapping[str, Study[Any]]:
    """Every study by name, in the order of a whole run: each package beside this file is one.

    >>> list(studies())[-1]
    'brief'
    """
    home = import_module("songhua.studies")
    for module in iter_modules(home.__path__):
        if module.ispkg:
            import_module(f"songhua.studies.{module.name}")
    return dict(sorted(_STUDIES.items(), key=lambda item: (item[1].rank, item[0])))


def get(name: str) -> Study[Any]:
    """A study by its name.

    Raises:
        SonghuaError: `study_unknown`.
    """
    if name not in studies():
        raise SonghuaError(StudyUnknown(name=str(name)[:80], names=tuple(studies())))
    return studies()[name]
