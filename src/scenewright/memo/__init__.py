"""The store of answers to paid calls, addressed by content. Nothing paid for is paid twice."""

from scenewright.memo.memo import Answers, Memo

__all__ = ["Answers", "Memo"]
