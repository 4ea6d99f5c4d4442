"""The table read as one MP3 with chapters, as captions, and as the times that the reader in the browser follows."""

from scenewright.exports.episode.audio.captions import episode_srt, episode_vtt
from scenewright.exports.episode.audio.export import export_mp3, export_srt, export_vtt, table_read_mp3
from scenewright.exports.episode.audio.timeline import Chapter, Heard, Timeline, chapters_json, timed, timeline_json

__all__ = [
    "Chapter",
    "Heard",
    "Timeline",
    "chapters_json",
    "episode_srt",
    "episode_vtt",
    "export_mp3",
    "export_srt",
    "export_vtt",
    "table_read_mp3",
    "timed",
    "timeline_json",
]
