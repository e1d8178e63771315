import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The phone's engine as one file for Node: dist-sim/phone.mjs.
export default defineConfig({
  resolve: { alias: { '@': here('./src') } },
  publicDir: false,
  build: {
    target: 'node20',
    outDir: 'dist-sim',
    minify: false,
    ssr: here('./src/sim/entry.ts'),
    rolldownOptions: { output: { entryFileNames: 'phone.mjs' } },
  },
});
