// Before messages are compiled: tells the compiler of every folder of messages, so that a new area is a folder and no line in a list.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts of the page of components are read by it alone (routes/development/say.ts), so that they are in no build. */
const NOT_COMPILED = 'development';

const PROJECT = join(import.meta.dirname, 'project.inlang');
const areas = readdirSync(join(import.meta.dirname, 'messages')).filter((area) => area !== NOT_COMPILED);

mkdirSync(PROJECT, { recursive: true });
writeFileSync(
  join(PROJECT, 'settings.json'),
  JSON.stringify({
    baseLocale: 'zh-CN',
    locales: ['zh-CN', 'en'],
    // By its own name the compiler would look for the plugin in the network.
    modules: ['../../node_modules/@inlang/plugin-message-format/dist/index.js'],
    'plugin.inlang.messageFormat': { pathPattern: areas.sort().map((area) => `./messages/${area}/{locale}.json`) },
  }),
);
