import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import remixConfig from './remix.config.js';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig(({ command }) => ({
  plugins: [tailwindcss(), remix(remixConfig)],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // The built server is one file, packages and all: at a start one is read instead of two thousand. What brings machine code, or
  // reads files of its own, stays where it is.
  ssr:
    command === 'build'
      ? { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'pg', 'pino', '@lhncbc/ucum-lhc', 'chinese-days'] }
      : {},
}));
