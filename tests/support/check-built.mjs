// What stands in the production build, and what must not: seeds, the stripe emulator, passwords told to everyone.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../app/http/commands/bootstrap.mjs';

/** Every text here is in a file that production has not; the check fails as well when the file no longer says it. */
const FORBIDDEN = [
  ['seeds/people.ts', 'hengji-demo-2026'],
  ['seeds/data/demonstration-centres.json', 'gusu-precision'],
  ['app/development/stripe-emulator/start-emulator.server.ts', 'The simulated payment service does not run in production'],
  ['app/development/stripe-emulator/store.server.ts', 'create table if not exists objects'],
  ['app/i18n/messages/development/en.json', 'It has to be above the lower end, 0 mm.'],
  ['app/i18n/messages/development/zh-CN.json', '必须大于下限 0 mm。'],
  ['app/routes/development/sample-forms.tsx', 'sent, not answered yet'],
  ['app/development/welcome.ts', 'Accounts of the demonstration'],
];
const problems = [];
const server = join(ROOT, 'build/server');
if (!existsSync(server)) problems.push('there is no build: run `npm run build` first');
const files = ['build/server', 'build/client']
  .filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, String(name))))
  .filter((name) => /\.(js|json|html|css)$/.test(name));
for (const [source, text] of FORBIDDEN) {
  if (!readFileSync(join(ROOT, source), 'utf8').includes(text))
    problems.push(`${source} does not say “${text}” any more: name another text`);
  for (const name of files) {
    const built = readFileSync(join(ROOT, name), 'utf8');
    if (built.includes(text)) problems.push(`${name} holds “${text}” of ${source}`);
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
