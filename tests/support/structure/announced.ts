/**
 * What is derived from these tables follows the change feed, and starts from a file that is as old as the feed: a change that nobody
 * announces is not seen until the tables are read again.
 */
import type { Sources } from './sources.ts';

const DERIVED_FROM = ['accreditation', 'capability', 'centre', 'park', 'service', 'serviceCapability'];

const WRITES = /\.(?:insert|update|delete)\(\s*(\w+)\s*\)/g;
const ANNOUNCES = /\bannounce\w*\(/;

/** The table a name stands for in this file: `import { centre as centreTable }`. */
const tableOf = (text: string, name: string) => new RegExp(`\\b(\\w+)\\s+as\\s+${name}\\b`).exec(text)?.[1] ?? name;

/** @returns every file of the product that writes to them and announces nothing itself */
export const unannounced = (sources: Sources): string[] =>
  [...sources]
    .filter(([path]) => path.startsWith('app/') && !/\.test\.tsx?$/.test(path))
    .filter(([, text]) => text.includes('#db/schema/') && !ANNOUNCES.test(text))
    .filter(([, text]) => [...text.matchAll(WRITES)].some(([, name = '']) => DERIVED_FROM.includes(tableOf(text, name))))
    .map(([path]) => path);
