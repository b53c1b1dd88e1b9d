/** What stands in app/read-models joins the tables of several modules for a page, and so may know them all; it writes none of them. */
import type { Sources } from './sources.ts';

const READ_MODEL = /^app\/read-models\/(?!.*\.test\.tsx?$)/;
/** Names a file has for values of db/schema: `{ order, orderItem as item }`, `* as tables`. */
const IMPORTED = /\bimport\s+(?!type\b)([^;'"]*?)\s*from\s*['"][^'"]*\bdb\/schema\/[\w-]+\.ts['"]/g;
/** How a file names tables: `order`, `tables.order` for all of a schema. */
const namesIn = (clause: string): string[] =>
  clause
    .replace(/[{}]/g, ',')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('type '))
    .map((one) => (one.startsWith('*') ? `${one.replace(/^.*\s/s, '')}\\.\\w+` : one.replace(/^.*\s/s, '')));

/** A transaction that may write; a statement of SQL that does. */
const WRITES = [/\.write\s*\(/, /\b(?:insert\s+into|delete\s+from)\s|\bupdate\s+\S+\s+set\s/i];
const withoutRemarks = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

/** @returns the read models that write */
export const writingReadModels = (sources: Sources): string[] =>
  [...sources]
    .filter(([path, text]) => {
      if (!READ_MODEL.test(path)) return false;
      const code = withoutRemarks(text);
      const tables = [...code.matchAll(IMPORTED)].flatMap(([, clause = '']) => namesIn(clause));
      const changes = new RegExp(`\\.(?:insert|update|delete)\\s*\\(\\s*(?:${tables.join('|') || '(?!)'})\\s*\\)`);
      return [...WRITES, changes].some((pattern) => pattern.test(code));
    })
    .map(([path]) => path);
