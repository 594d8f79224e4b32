"""A made-up runner, so that anyone can see the whole of it at work on files of the real kinds."""

from backstride.app.demo.make import DemoRunner, make

__all__ = ["DemoRunner", "make"]
