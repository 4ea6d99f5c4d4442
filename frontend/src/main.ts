/** The player on a page of its own: the work stands in the page as JSON, its files beside it. */

import { mount } from "svelte";
import "./page.css";
import Player from "./player/Player.svelte";
import Unreadable from "./player/parts/Unreadable.svelte";
import { readWork, UnreadableWork } from "./player/work.ts";

const target = document.getElementById("player");
const source = document.getElementById("work")?.textContent ?? "";

if (target) {
  target.replaceChildren();
  try {
    const work = readWork(source);
    document.title = work.title || document.title;
    mount(Player, { target, props: { work, base: "", links: true } });
  } catch (error) {
    if (!(error instanceof UnreadableWork)) throw error;
    mount(Unreadable, { target, props: { reason: error.reason, language: document.documentElement.lang } });
  }
}
