// Builds the gallery of parts by itself: for eyes and for tests, never beside the product.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { '@': here('./src') } },
  publicDir: false,
  build: {
    target: ['safari16.4', 'chrome107'],
    outDir: 'dist-gallery',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: here('./gallery.html') },
  },
});
