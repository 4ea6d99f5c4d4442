import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

const RULE = `\n\n${"=".repeat(100)}\n\n`;

/** Writes THIRD-PARTY.txt: name, version and licence of every package whose code is in the bundle. */
export function thirdParty(): Plugin {
  return {
    name: "third-party-notices",
    generateBundle(_options, bundle) {
      const roots = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const id of Object.keys(chunk.modules)) {
          const root = packageRoot(id);
          if (root) roots.add(root);
        }
      }
      const notices = [...roots].sort().map(notice);
      const intro = "This software contains the work of others, under the following licences.";
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY.txt", source: [intro, ...notices].join(RULE) + "\n" });
    },
  };
}

/** The folder of the npm package a module came from; helpers of the bundler itself count as the bundler's. */
function packageRoot(id: string): string | undefined {
  if (id.startsWith("\0rolldown") || id.startsWith("rolldown:")) return join("node_modules", "rolldown");
  if (id.startsWith("\0vite")) return join("node_modules", "vite");
  const file = id.replace(/^\0/, "").split("?")[0] ?? "";
  if (!file.includes("node_modules")) return undefined;
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as Partial<Manifest>).name) return folder;
  }
  return undefined;
}

function notice(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  const file = readdirSync(root).find((name) => /^licen[cs]e/i.test(name));
  const head = `${manifest.name} ${manifest.version} (${manifest.license ?? "licence not named"})`;
  return file ? `${head}\n\n${readFileSync(join(root, file), "utf8").trim()}` : head;
}
