import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const ENTRIES = ["site", "map", "flow", "designer", "decision", "decision-editor"];

export default defineConfig({
  root: here,
  base: "./",
  css: { preprocessorOptions: { scss: { loadPaths: [resolve(here, "node_modules")], quietDeps: true } } },
  build: {
    outDir: resolve(here, "../static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      checks: { eval: false, pluginTimings: false },
      input: Object.fromEntries(ENTRIES.map((name) => [name, resolve(here, `src/${name}.js`)])),
    },
  },
});
