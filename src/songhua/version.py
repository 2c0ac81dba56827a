"""The version, known without reading the installed package's metadata."""

VERSION = "0.2.0"
