"""The command line. Heavy parts are imported by the commands that use them: start-up matters."""

from scenewright.cli.main import main

__all__ = ["main"]
