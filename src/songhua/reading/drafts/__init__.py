"""Drafts of maps: a sheet is read by the names of a folder, and unclear parts become questions."""

from songhua.reading.drafts.draft import Draft, draft
from songhua.reading.drafts.draft_findings import Findings, Guess
from songhua.reading.drafts.sense import Explainer

__all__ = ["Draft", "Explainer", "Findings", "Guess", "draft"]
