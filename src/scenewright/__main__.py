"""`python -m scenewright`."""

from scenewright.cli import main

main()
