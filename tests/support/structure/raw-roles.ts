/** What a role may do stands in one table (app/modules/identity/policy.ts): who asks for the role itself decides for itself. */
import type { Sources } from './sources.ts';

/** Identity gives and takes roles, and is where the table stands. */
const ASKS_THE_TABLE = /^app\/(?!modules\/identity\/)(?!.*\.test\.tsx?$)/;
const ROLE = String.raw`(?:\b[\w$]+(?:\?|!)?\.)*\brole\b`;
const COMPARED = [
  new RegExp(`${ROLE}\\s*[!=]==?`),
  new RegExp(`[!=]==?\\s*${ROLE}`),
  // `['manager', 'scheduler'].includes(actor.role)`, `MAY.has(role)`, `switch (actor.role)`, `MAY[actor.role]`
  new RegExp(`\\.(?:includes|has|indexOf)\\(\\s*${ROLE}\\s*[),]`),
  new RegExp(`\\bswitch\\s*\\(\\s*${ROLE}\\s*\\)`),
];
const withoutRemarks = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

/** @returns the files that do */
export const rawRoles = (sources: Sources): string[] =>
  [...sources]
    .filter(([path, text]) => ASKS_THE_TABLE.test(path) && COMPARED.some((pattern) => pattern.test(withoutRemarks(text))))
    .map(([path]) => path);
