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

function schemasOf(text: string): string[] {
  const stated = [...text.matchAll(STATEMENT)].flatMap(([, names = '', , schema = '']) => (onlyTypes(names) ? [] : [schema]));
  return [...new Set([...stated, ...[...text.matchAll(DYNAMIC)].map(([, schema = '']) => schema)])];
}

/** Tests look at what was written; db/ is where tables are made; seeds fill them; read models read them (read-models.ts). */
const MAY_KNOW_ALL = /^(db|seeds|tests|app\/read-models)\/|\.test\.tsx?$/;

/** @returns `path schema` of every file that uses tables of a module it is no part of */
export const foreignTables = (sources: Sources): string[] =>
  [...sources]
    .filter(([path]) => !MAY_KNOW_ALL.test(path))
    .flatMap(([path, text]) =>
      schemasOf(text)
        .filter((schema) => !path.startsWith(ownerOf(schema)))
        .map((schema) => `${path} ${schema}`),
    );
