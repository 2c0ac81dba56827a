"""Hooks: where work and values below leave open what those above put in."""
