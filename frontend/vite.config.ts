import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { thirdParty } from "./third-party.ts";

/** One script and one style sheet, which the export puts into one page; no module loading, so it runs from a file. */
export default defineConfig({
  plugins: [svelte(), thirdParty()],
  build: {
    outDir: "../src/scenewright/static/player",
    emptyOutDir: true,
    target: ["chrome111", "firefox115", "safari16.4"],
    cssCodeSplit: false,
    reportCompressedSize: false,
    lib: {
      entry: "src/main.ts",
      formats: ["iife"],
      name: "ScenewrightPlayer",
      fileName: () => "player.js",
      cssFileName: "player",
    },
  },
});
