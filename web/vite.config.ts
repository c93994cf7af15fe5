import { defineConfig } from "vite";

// The build lands inside the Python package, where django-vite reads manifest.json and WhiteNoise serves it.
export default defineConfig({
  base: "/static/built/",
  publicDir: false,
  build: {
    outDir: "../anlan/site/static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    target: "es2020",
    cssTarget: "chrome99",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700, // ECharts, on the pages that draw
    rolldownOptions: {
      input: ["src/main.ts", "src/screen/main.ts", "src/screen/explore.ts"],
      checks: { eval: false }, // htmx has one; the page forbids it (allowEval false, and the content policy)
    },
  },
});
