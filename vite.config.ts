import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';
import remixConfig from './remix.config.js';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

/** V8 keeps the text of what it runs, with two bytes for every letter as soon as one of them is Chinese: then it is written as an escape. */
const oneByteText: Plugin = {
  name: 'one-byte-text',
  generateBundle: (_options, bundle) => {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code.replace(/[\u0100-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  },
};

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [tailwindcss(), remix(remixConfig), isSsrBuild && oneByteText],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // The built server is one file, packages and all: at a start one is read instead of two thousand. What brings machine code, or
  // reads files of its own, stays where it is.
  ssr:
    command === 'build'
      ? { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'pg', 'pino', '@lhncbc/ucum-lhc', 'chinese-days'] }
      : {},
}));
