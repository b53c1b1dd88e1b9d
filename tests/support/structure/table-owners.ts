/** Tables belong to the module they are named after: only it reads and writes them. Others ask its functions; pages that join several have read models. */
import type { Sources } from './sources.ts';

/** Files of db/schema by the folder that owns them, where it is not the module of the same name. */
const OWNERS: Readonly<Record<string, string>> = { core: 'app/core/', listings: 'app/modules/catalogue/' };

const ownerOf = (schema: string) => OWNERS[schema] ?? `app/modules/${schema}/`;

/** Every import of a value from db/schema; types may be known by anyone. Also `import()`, and by a path instead of `#db`. */
const STATEMENT = /(?:^|[\n;])\s*(?:import|export)\s+(?!type\b)([^;'"]*?)\s*from\s*['"]([^'"]*\bdb\/schema\/)([\w-]+)\.ts['"]/g;
const DYNAMIC = /(?<!typeof\s+)\bimport\(\s*['"`][^'"`]*\bdb\/schema\/([\w-]+)\.ts['"`]\s*\)/g;

const onlyTypes = (names: string) => {
  const inner = /\{([\s\S]*)\}/.exec(names)?.[1];
  return (
    inner !== undefined && !/^\s*\w/.test(names) && inner.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim()))
  );
};

/** A module that hands its tables on as they are gives them to everybody. */
const HANDED_ON = /(?:^|[\n;])\s*export\s+(?!type\b)([^;'"]*?)\s*from\s*['"][^'"]*\bdb\/schema\/([\w-]+)\.ts['"]/g;

/** Tables named in SQL that is spelled out. */
const SPELLED = /\bsql(?:<[^`]*?>)?`([^`]*)`/g;
const NAMED = /\b(?:from|join|into|update)\s+"?(\w+)"?/gi;
const MADE = /\btable\(\s*'(\w+)'/g;

/** The name of every table, with the file of db/schema it is made in. */
const tablesIn = (sources: Sources): Map<string, string> =>
  new Map(
    [...sources].flatMap(([path, text]) => {
      const schema = /^db\/schema\/([\w-]+)\.ts$/.exec(path)?.[1];
      return schema ? [...text.matchAll(MADE)].map(([, name = '']): [string, string] => [name, schema]) : [];
    }),
  );

function schemasOf(text: string, tables: ReadonlyMap<string, string>): string[] {
  const stated = [...text.matchAll(STATEMENT)].flatMap(([, names = '', , schema = '']) => (onlyTypes(names) ? [] : [schema]));
  const imported = [...text.matchAll(DYNAMIC)].map(([, schema = '']) => schema);
  const spelled = [...text.matchAll(SPELLED)]
    .flatMap(([, words = '']) => [...words.matchAll(NAMED)])
    .map(([, name = '']) => tables.get(name));
  return [...new Set([...stated, ...imported, ...spelled.filter((schema) => schema !== undefined)])];
}

const handedOn = (text: string): string[] =>
  [...text.matchAll(HANDED_ON)].flatMap(([, names = '', schema = '']) => (onlyTypes(names) ? [] : [schema]));

/** Tests look at what was written; db/ is where tables are made; seeds fill them; read models read them (read-models.ts). */
const MAY_KNOW_ALL = /^(db|seeds|tests|app\/read-models)\/|\.test\.tsx?$/;

/** @returns `path schema` of every file that uses tables of a module it is no part of, or hands on those of its own */
export function foreignTables(sources: Sources): string[] {
  const tables = tablesIn(sources);
  return [...sources]
    .filter(([path]) => !MAY_KNOW_ALL.test(path))
    .flatMap(([path, text]) => {
      const foreign = schemasOf(text, tables).filter((schema) => !path.startsWith(ownerOf(schema)));
      return [...new Set([...foreign, ...handedOn(text)])].map((schema) => `${path} ${schema}`);
    });
}
