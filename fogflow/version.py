"""The version of fogflow, for the package's metadata and for its User-Agent."""

__version__ = "0.1.0"
