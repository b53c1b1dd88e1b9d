/** Who looks at whom, read from the imports themselves. */
import { posix } from 'node:path';
import type { Sources } from '../structure/sources.ts';

export type Links = ReadonlyMap<string, ReadonlySet<string>>;

/** Types may be known by anyone: nothing of them is there when the product runs. */
const TYPES_ALONE = /^(?:import|export) type [^;]*;/gm;
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]((?:#app\/|#db\/|#seeds\/|\.{1,2}\/)[^'"]+)['"]/g;

/** A file's place in the house: `identity`, `core`, `routes`, `db` … */
const moduleOf = (path: string) => /^app\/modules\/([\w-]+)\//.exec(path)?.[1];
const layerOf = (path: string) => (path.startsWith('app/') ? /^app\/([\w-]+)\//.exec(path)?.[1] : /^(db|seeds)\//.exec(path)?.[1]);

function links(sources: Sources, placeOf: (path: string) => string | undefined): Links {
  const found = new Map<string, Set<string>>();
  for (const [path, text] of sources) {
    const from = placeOf(path);
    if (!from || path.includes('.test.')) continue;
    const to = found.get(from) ?? new Set();
    found.set(from, to);
    for (const [, asked = ''] of text.replace(TYPES_ALONE, '').matchAll(IMPORT)) {
      const target = placeOf(asked.startsWith('#') ? asked.slice(1) : posix.join(posix.dirname(path), asked));
      if (target && target !== from) to.add(target);
    }
  }
  return found;
}

export const moduleLinks = (sources: Sources) => links(sources, moduleOf);
export const layerLinks = (sources: Sources) => links(sources, layerOf);

/** Without the links that others imply: what is left says the order, and can be drawn. */
export function withoutImplied(all: Links): Links {
  const reaches = (from: string, to: string, seen: ReadonlySet<string>): boolean =>
    [...(all.get(from) ?? [])].some((next) => !seen.has(next) && (next === to || reaches(next, to, new Set([...seen, next]))));
  return new Map(
    [...all].map(([from, to]) => [
      from,
      new Set([...to].filter((one) => ![...to].some((other) => other !== one && reaches(other, one, new Set([from, other]))))),
    ]),
  );
}

const flow = (drawn: Links) =>
  [
    '```mermaid',
    'flowchart BT',
    ...[...drawn].sort().flatMap(([from, to]) => [`  ${from}`, ...[...to].sort().map((one) => `  ${from} --> ${one}`)]),
    '```',
  ].join('\n');

/**
 * @param there all modules, those that others stand on first
 * @param headOf what a module says of itself
 */
export function modulesPage(there: readonly string[], headOf: (module: string) => string, modules: Links, layers: Links): string {
  const row = (name: string, at: number) =>
    `| ${at + 1} | **${name}** | ${there.map((_, to) => (to === at ? '■' : modules.get(name)?.has(there[to] ?? '') ? '●' : '')).join(' | ')} |`;
  return `# The modules and their order

Written by \`npm run pictures\` from \`app/http/modules.ts\`, the head of each \`module.ts\` and the imports; \`npm test\` holds it up to date.

| folder of \`app/modules\` | what it is |
|---|---|
${there.map((name) => `| \`${name}\` | ${headOf(name)} |`).join('\n')}

\`tests/support/dependency-rules.cjs\` refuses an import that looks down: a module looks at core and at the modules above it. \`●\`: the module of the row imports the one of the column.

| | | ${there.map((_, at) => at + 1).join(' | ')} |
|---|---|${there.map(() => '---|').join('')}
${there.map(row).join('\n')}

An arrow leads from who imports to what is imported; what follows from other arrows is left out.

${flow(withoutImplied(modules))}

## The folders around them

\`routes\` draw pages and know modules; \`read-models\` join several modules for a page; \`modules\` know \`core\` and \`db\`; \`http\` puts it all together and is the only one to know every module.

${flow(layers)}
`;
}
