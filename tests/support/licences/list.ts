/** What the product is made with, as the lock file says, and the notices its licences ask to be kept. */
import type { Package } from './rules.ts';
import { READ } from './rules.ts';

type Locked = { version?: string; license?: string; dev?: boolean; optional?: boolean; name?: string };
export type Part = Package & {
  path: string /** For one platform, or never needed: its text is that of the package it belongs to. */;
  optional: boolean;
};

/** Needed only to build, and yet in what is sent to browsers. */
const COMPILED_IN: ReadonlySet<string> = new Set(['@inlang/paraglide-js', 'tailwindcss', 'vite']);

/** Everything that is not for building and testing alone, by name. */
export function partsOf(lock: { packages: Record<string, Locked> }): Part[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({
      path,
      locked,
      name: locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    }))
    .filter(({ path, locked, name }) => !locked.dev || (COMPILED_IN.has(name) && path === `node_modules/${name}`))
    .map(({ path, locked, name }) => ({
      path,
      name,
      version: locked.version ?? '',
      licence: locked.license ?? '',
      optional: locked.optional ?? false,
    }))
    .sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
}

/** Names of files that carry a licence or a notice. */
export const isNotice = (file: string) => /^(licen[cs]e|copying|notice)/i.test(file);

const titled = ({ name, version }: Part) => `${name} ${version}`;
/** What a tool for building carries itself, none of which is in the pages. */
const BUNDLED = /^#+ Licenses of bundled dependencies[\s\S]*/m;

const tidy = (text: string) =>
  text
    .replaceAll('\r', '')
    .replace(BUNDLED, '')
    .replace(/[ \t]+$/gm, '')
    .trim();

/** Lines by their key, in the order of the keys. */
function grouped(entries: readonly (readonly [key: string, value: string])[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, value] of entries) groups.set(key, [...new Set([...(groups.get(key) ?? []), value])]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * @param noticesOf texts a part carries itself
 * @param libvips what the machine code behind sharp says of the libraries in it
 */
export function licenceList(parts: readonly Part[], noticesOf: (part: Part) => string[], libvips: string): string {
  const licences = grouped(parts.map((part) => [READ[part.name] ? 'Its own' : part.licence, titled(part)]));
  const texts = new Map<string, string[]>();
  for (const part of parts.filter(({ optional }) => !optional))
    for (const text of noticesOf(part).map(tidy)) texts.set(text, [...new Set([...(texts.get(text) ?? []), titled(part)])]);
  return `# Licences and notices of what Hengji is made with

Written by \`npm run licences\` from package-lock.json and the packages themselves; \`npm test\` holds it up to date, and refuses a licence that
does not allow commercial use (tests/support/licences/rules.ts). Hengji itself is not among them: it is proprietary. What only builds and tests
is not listed, except what leaves code in the pages. Packages for one platform each (\`…-linux-x64\`) carry the notices of the package that brings them.

## By licence

${licences.map(([licence, names]) => `**${licence}** (${names.length}): ${names.join(', ')}`).join('\n\n')}

## Read by a person

${Object.entries(READ)
  .map(([name, { version, says }]) => `**${name} ${version}**: ${says}.`)
  .join('\n\n')}

## Libraries inside sharp's machine code

${libvips}

## Notices

${[...texts]
  .map(([text, names]) => `### ${names.join(', ')}\n\n${text.replace(/^/gm, '    ').replace(/^ +$/gm, '')}`)
  .sort()
  .join('\n\n')}
`;
}
