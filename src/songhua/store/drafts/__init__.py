"""Drafts of maps: a sheet is read by the names of a folder, and what is not clear is asked."""

from songhua.store.drafts.draft import Draft, draft
from songhua.store.drafts.findings import Findings, Guess
from songhua.store.drafts.sense import Explainer

__all__ = ["Draft", "Explainer", "Findings", "Guess", "draft"]
