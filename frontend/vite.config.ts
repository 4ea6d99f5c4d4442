import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { thirdParty } from "./third-party.ts";

/** What is built, one after the other (`--mode`): the player of a classroom, the reader of an episode. */
const BUNDLES = {
  player: { entry: "src/main.ts", name: "ScenewrightPlayer" },
  reader: { entry: "src/reader/main.ts", name: "ScenewrightReader" },
} as const;

/** One script and one style sheet, which the export puts into one page; no module loading, so it runs from a file. */
export default defineConfig(({ mode }) => {
  const file = mode === "reader" ? "reader" : "player";
  const bundle = BUNDLES[file];
  return {
    plugins: [svelte(), thirdParty()],
    build: {
      outDir: `../src/scenewright/static/${file}`,
      emptyOutDir: true,
      target: ["chrome111", "firefox115", "safari16.4"],
      cssCodeSplit: false,
      reportCompressedSize: false,
      lib: {
        entry: bundle.entry,
        formats: ["iife"],
        name: bundle.name,
        fileName: () => `${file}.js`,
        cssFileName: file,
      },
    },
  };
});
