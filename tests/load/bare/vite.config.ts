import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

/** The benchmark's limit: a Remix application with nothing in it but what is measured. Same flags, same database settings as ours. */
export default defineConfig({
  root: __dirname,
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: { target: 'es2022' },
});
