// Builds the gallery of parts by itself: for eyes and for tests, never beside the product. It has the product's
// service worker as well, which only a test registers.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { offline } from './build/offline.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const oldest = ['safari16.4', 'chrome107'];

export default defineConfig({
  plugins: [svelte(), offline({ worker: here('./src/sw.ts'), target: oldest })],
  resolve: { alias: { '@': here('./src') } },
  publicDir: false,
  build: {
    target: oldest,
    outDir: 'dist-gallery',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: here('./gallery.html') },
  },
});
