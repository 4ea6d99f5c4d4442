/** The reader on a page of its own: the episode stands in the page as JSON, its table read beside it. */

import { mount } from "svelte";
import Reader from "./Reader.svelte";
import { readEpisode, UnreadableEpisode } from "./episode.ts";
import { wordsFor } from "./words.ts";
import "../common/theme.css";
import "./script.css";
import "./panel.css";

const target = document.getElementById("reader");
const source = document.getElementById("work")?.textContent ?? "";

if (target) {
  target.replaceChildren();
  try {
    mount(Reader, { target, props: { episode: readEpisode(source) } });
  } catch (error) {
    if (!(error instanceof UnreadableEpisode)) throw error;
    target.setAttribute("role", "alert");
    target.className = "sw unreadable";
    target.textContent = wordsFor(document.documentElement.lang)[error.reason];
  }
}
