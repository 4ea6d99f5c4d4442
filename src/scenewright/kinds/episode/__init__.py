"""Episodes: from a premise, a bible or a ready outline to a script and its table read.

outline -> for each scene: dialogue -> directions (after every earlier scene's dialogue)
        -> finale: comedy -> review -> refine what it names -> review again ... -> the table read, scene by scene
"""

from scenewright.kinds.episode.kind import PLUGIN

__all__ = ["PLUGIN"]
