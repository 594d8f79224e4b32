"""Why does my back hurt after running, and how do I fix it?  Answered from a runner's own data."""

from importlib.metadata import version

__version__ = version("backstride")
