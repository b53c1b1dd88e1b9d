import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin, transformWithEsbuild } from 'vite';
import remixConfig from './remix.config.js';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

/**
 * V8 keeps the text of what it runs, with two bytes for every letter as soon as one of them is not ASCII: those are written as escapes, and
 * blanks and comments are left out, which were a fifth of it (6.0 → 4.8 MB). Names stay, so that a stack says where. When it began, one byte
 * and the next took memory at rest from 2.31 times a bare application's to 1.95. Goes when V8 keeps UTF-8, or when the bundler writes it so itself.
 */
const shortText: Plugin = {
  name: 'short-text',
  async generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = (
          await transformWithEsbuild(file.code, file.fileName, {
            charset: 'ascii',
            minifyWhitespace: true,
            legalComments: 'none',
            sourcemap: false,
            target: 'esnext',
          })
        ).code;
  },
};

/** The compiled messages are a third comments (types of a message, each three times), which V8 would keep as well. Goes when Paraglide compiles without them. */
const messagesWithoutComments: Plugin = {
  name: 'messages-without-comments',
  transform: (code, id) => (id.includes('/i18n/paraglide/') ? { code: code.replace(/\/\*\*[\s\S]*?\*\//g, ''), map: null } : undefined),
};

/**
 * Paraglide makes the rules of a plural anew for each message: two thirds of the time a page takes that has three thousand of them.
 * A runtime that reads otherwise fails the build. Goes when Paraglide keeps them.
 */
const pluralRulesKept: Plugin = {
  name: 'plural-rules-kept',
  transform: (code, id) => {
    if (!id.includes('/i18n/paraglide/registry.js')) return;
    const kept = code.replace('new Intl.PluralRules(locale, options)', 'keptRules(locale, options)');
    if (kept === code) throw new Error('Paraglide makes plurals in another way now.');
    return {
      code: `${kept}
const keptRulesOf = new Map();
function keptRules(locale, options) {
  const key = options ? locale + JSON.stringify(options) : locale;
  const known = keptRulesOf.get(key) ?? new Intl.PluralRules(locale, options);
  keptRulesOf.set(key, known);
  return known;
}
`,
      map: null,
    };
  },
};

const ROUTER = /@remix-run[/\\]router[/\\]dist[/\\]router(\.cjs)?\.js$/;

/**
 * Remix's router flattens, ranks and compiles its routes anew at every match, three times a page. They do not change: what was made
 * of them is kept. A router that reads otherwise fails the build rather than going unimproved.
 * Goes with Remix 2: React Router 7 is measured without it first.
 */
const routesLookedAtOnce: Plugin = {
  name: 'routes-looked-at-once',
  transform: (code, id) => {
    if (!ROUTER.test(id)) return;
    const kept = code
      .replace(
        'let branches = flattenRoutes(routes);\n  rankRouteBranches(branches);',
        'let branches = keptBranches.get(routes);\n  if (!branches) {\n    branches = flattenRoutes(routes);\n    rankRouteBranches(branches);\n    keptBranches.set(routes, branches);\n  }',
      )
      .replace(
        'compilePath(pattern.path, pattern.caseSensitive, pattern.end);',
        'keptPath(pattern.path, pattern.caseSensitive, pattern.end);',
      );
    if (!kept.includes('keptBranches.get') || !kept.includes('keptPath('))
      throw new Error('The router matches its routes in another way now.');
    return {
      code: `${kept}
const keptBranches = new WeakMap();
const keptPaths = new Map();
function keptPath(path, caseSensitive, end) {
  const key = \`\${caseSensitive ? 1 : 0}\${end === false ? 0 : 1}\${path}\`;
  const known = keptPaths.get(key) ?? compilePath(path, caseSensitive, end);
  if (keptPaths.size < 1000) keptPaths.set(key, known);
  return known;
}
`,
      map: null,
    };
  },
};

const NEVER_CALLED = /@remix-run[/\\]node[/\\]dist[/\\](globals|upload[/\\]fileUploadHandler)\.js$|[/\\]mime-db[/\\]db\.json$/;

/**
 * Packages bring what is never called here: Remix another fetch for Node without one (1.2 MB), and files taken in its own way; the compression
 * a table of all media types, while site.server.ts says itself what is compressed. At a start all of it would be read.
 */
const withoutWhatIsNeverCalled: Plugin = {
  name: 'without-what-is-never-called',
  enforce: 'pre',
  load: (id) => (NEVER_CALLED.test(id) ? (id.endsWith('.json') ? '{}' : 'module.exports = {};') : undefined),
};

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    tailwindcss(),
    remix(remixConfig),
    isSsrBuild && shortText,
    isSsrBuild && withoutWhatIsNeverCalled,
    isSsrBuild && messagesWithoutComments,
    isSsrBuild && pluralRulesKept,
    isSsrBuild && routesLookedAtOnce,
  ],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // Said at the build, React's half for development is left out of the built server.
  define: isSsrBuild && command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {},
  // The built server is one file, packages and all: at a start one is read instead of two thousand. What brings machine code, or
  // reads files of its own, stays where it is.
  ssr:
    command === 'build'
      ? {
          noExternal: true,
          external: [
            'better-sqlite3',
            '@node-rs/argon2',
            'pg',
            'pino',
            'tinypool',
            'sharp',
            '@lhncbc/ucum-lhc',
            'chinese-days',
            'pinyin-pro',
          ],
        }
      : {},
}));
