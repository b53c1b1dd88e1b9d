/** npm run licences: writes app/THIRD-PARTY-LICENCES.md; with `--check` only says whether it is up to date, and every licence allowed. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '#db/folder.ts';
import { isNotice, licenceList, type Part, partsOf } from './list.ts';
import { refusal } from './rules.ts';

const FILE = join(ROOT, 'app/THIRD-PARTY-LICENCES.md');
const written = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';

const parts = partsOf(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
const refused = parts.map(refusal).filter((reason) => reason !== undefined);
for (const reason of refused) console.error(reason);

const text = licenceList(parts, noticesOf, libvipsLibraries());
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (text !== written) console.error('app/THIRD-PARTY-LICENCES.md is not what the packages say: run `npm run licences`.');
process.exit(refused.length > 0 || (process.argv.includes('--check') && text !== written) ? 1 : 0);

function noticesOf({ path }: Part): string[] {
  const folder = join(ROOT, path);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && isNotice(entry.name));
  return files
    .map(({ name }) => name)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The table in the package of this platform; it is the same in all. Where there is none, what is written already. */
function libvipsLibraries(): string {
  const folder = join(ROOT, 'node_modules/@img');
  const own = readdirSync(folder).find((name) => name.startsWith('sharp-libvips-'));
  const readme = own && readFileSync(join(folder, own, 'README.md'), 'utf8');
  const said = readme
    ? /## Licensing\n([\s\S]*?)\n## |## Licensing\n([\s\S]*)/.exec(readme)
    : /## Libraries inside sharp's machine code\n([\s\S]*?)\n## /.exec(written);
  return (said?.[1] ?? said?.[2] ?? '').trim();
}
