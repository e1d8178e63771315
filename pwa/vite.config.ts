import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { offline } from './build/offline.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Old phones and web views of the branches: nothing newer than these may reach the bundle.
const oldest = ['safari16.4', 'chrome107'];

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), offline({ worker: here('./src/sw.ts'), target: oldest })],
  // Components mount as client code in unit tests only with the browser condition.
  resolve: {
    alias: { '@': here('./src') },
    ...(mode === 'test' ? { conditions: ['browser'] } : {}),
  },
  build: {
    target: oldest,
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: here('./index.html'), rescue: here('./rescue.html') } },
  },
  worker: { format: 'es' },
  server: { proxy: { '/v1': 'http://127.0.0.1:8000' } },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
}));
