/** Settings are told where people look: README and .env.example name each one, and none that there is not. */

/** Keys of the schema in app/core/settings.ts. */
export const settingNames = (source: string): string[] =>
  [...(/z\.object\(\{([\s\S]*?)\n\}\);/.exec(source)?.[1] ?? '').matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)].map(([, name = '']) => name);

const assigned = (text: string) => [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
/** What compose.yaml itself asks for: `${NAME:?…}`, `${NAME:-…}`. */
const asked = (text: string) => [...text.matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);

/** What is set by a command, never by whoever runs the site; README says what the command does. */
const SET_BY_COMMANDS = new Set(['DEMONSTRATION']);

export function settingsUntold(files: { settings: string; example: string; compose: string; readme: string }): string[] {
  const names = settingNames(files.settings);
  const known = new Set([...names, ...asked(files.compose)]);
  const example = assigned(files.example);
  const quoted = new Set([...files.readme.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map(([, name = '']) => name));
  return [
    ...(names.length === 0 ? ['app/core/settings.ts: no setting was found in it'] : []),
    ...[...known].filter((name) => !example.includes(name)).map((name) => `.env.example lacks ${name}`),
    ...example.filter((name) => !known.has(name)).map((name) => `.env.example names ${name}, which nothing reads`),
    ...example.filter((name, at) => example.indexOf(name) !== at).map((name) => `.env.example names ${name} twice`),
    ...names.filter((name) => !quoted.has(name) && !SET_BY_COMMANDS.has(name)).map((name) => `README.md does not explain ${name}`),
  ];
}
