/** The tables as pictures (mermaid draws them wherever this text is shown as Markdown), one per file of db/schema. */
export type ColumnSeen = { name: string; type: string; key: boolean; required: boolean; refersTo: string | undefined };
export type TableSeen = { name: string; says: string; columns: ColumnSeen[] };
export type SchemaSeen = { file: string; says: string; tables: TableSeen[] };

/** What stands before `export const x = table('name'`: the table's own comment, as one line. */
export function commentsIn(source: string): Map<string, string> {
  const found = source.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export const \w+ = table\(\s*'(\w+)'/g);
  return new Map([...found].map(([, comment = '', name = '']) => [name, oneLine(comment)]));
}

/** The comment at the head of a file. */
export const headOf = (source: string) => oneLine(/^\/\*\*((?:(?!\*\/)[\s\S])*)\*\//.exec(source)?.[1] ?? '');

const oneLine = (comment: string) =>
  comment
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export function tablesPage(schemas: readonly SchemaSeen[]): string {
  const count = schemas.reduce((sum, { tables }) => sum + tables.length, 0);
  return `# The tables

Written by \`npm run pictures\` from db/schema; \`npm test\` holds it up to date. ${count} tables, one picture per file of db/schema, which is the
module that owns them. A line is a foreign key; a box without columns is a table of another picture. \`?\` may be empty.

${schemas.map(section).join('\n\n')}
`;
}

function section({ file, says, tables }: SchemaSeen): string {
  const lines = tables.flatMap((one) => [...box(one), ...keys(one)]);
  const told = tables.filter(({ says }) => says).map((one) => `- \`${one.name}\`: ${one.says}`);
  return [`## ${file}`, says, ['```mermaid', 'erDiagram', ...lines.map((line) => `  ${line}`), '```'].join('\n'), told.join('\n')]
    .filter(Boolean)
    .join('\n\n');
}

const box = ({ name, columns }: TableSeen) => [
  `${name} {`,
  ...columns.map((one) => {
    const marks = [one.key && 'PK', one.refersTo && 'FK'].filter(Boolean).join(', ');
    return `  ${one.type} ${one.name}${marks && ` ${marks}`}${one.required ? '' : ' "?"'}`;
  }),
  '}',
];

const keys = ({ name, columns }: TableSeen) =>
  columns.flatMap((one) => (one.refersTo ? [`${one.refersTo} ${one.required ? '||' : '|o'}--o{ ${name} : ${one.name}`] : []));
