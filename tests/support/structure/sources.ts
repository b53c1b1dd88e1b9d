/** The files a check looks at: their paths from the project's folder, with `/`, and their text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '#db/folder.ts';

export type Sources = ReadonlyMap<string, string>;

/** Written by a command, or foreign. */
const NOT_OURS = /^app\/i18n\/paraglide\/|^db\/migrations\/|^tests\/data\/|^seeds\/data\//;
const CODE = /\.(ts|tsx|js|mjs|cjs|css)$/;

export function codeIn(folders: readonly string[], root = ROOT): Sources {
  const sources = new Map<string, string>();
  for (const folder of folders)
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/');
      if (entry.isFile() && CODE.test(path) && !NOT_OURS.test(path)) sources.set(path, readFileSync(join(root, path), 'utf8'));
    }
  return new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)));
}
