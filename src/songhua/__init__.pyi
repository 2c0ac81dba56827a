from .errors import Fault as Fault
from .errors import SonghuaError as SonghuaError
from .labels import align as align
from .labels import convert as convert
from .labels import parse_period as parse_period
from .region import Region as Region
from .render.notebook import show as show
from .results import Finding as Finding
from .results import Recipe as Recipe
from .results import Result as Result
from .session import Run as Run
from .session import Session as Session
from .session import example as example
from .session import new as new
from .session import open as open
from .session import rerun as rerun
from .store.rulebooks import load_rulebook as load_rulebook

__version__: str
