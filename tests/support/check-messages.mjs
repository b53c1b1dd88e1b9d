// Every message stands in both languages with the same parameters, none is without use, and no text for people stands outside them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../app/http/commands/bootstrap.mjs';
import { outsideTexts } from './outside-texts.mjs';

const MESSAGES = join(ROOT, 'app/i18n/messages');
const problems = [];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** The parameters of a message: `{count}`; of one with variants, all of its texts'. */
const parameters = (message) => [...new Set(JSON.stringify(message).match(/\{[a-z]\w*\}/gi) ?? [])].sort().join(' ');

const sources = [...files(join(ROOT, 'app'))].filter((path) => /\.tsx?$/.test(path) && !path.includes('/i18n/paraglide/'));
const code = sources.map((path) => [path, readFileSync(path, 'utf8')]);
const words = new Set(code.flatMap(([, text]) => text.match(/\b[a-z][a-z0-9_]*_?[a-z0-9]*\b/g) ?? []));
/** Keys put together in code: "orders_event_${kind}". */
const prefixes = [
  ...new Set(
    code.flatMap(([, text]) => [...text.matchAll(/[`'"]([a-z]+(?:_[a-z0-9]+)*_)(?:\$\{|['"`] ?\+)/g)].map(([, prefix]) => prefix)),
  ),
];

for (const area of readdirSync(MESSAGES)) {
  const [zh, en] = ['zh-CN', 'en'].map((locale) => JSON.parse(readFileSync(join(MESSAGES, area, `${locale}.json`), 'utf8')));
  for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
    if (key === '$schema') continue;
    if (!(key in zh) || !(key in en)) problems.push(`${area}: ${key} is missing in ${key in zh ? 'en' : 'zh-CN'}`);
    else if (parameters(zh[key]) !== parameters(en[key])) problems.push(`${area}: ${key} has other parameters in each language`);
    if (
      JSON.stringify(en[key] ?? '').match(/\p{Script=Han}/u) &&
      !/language|brand/.test(key) &&
      !/[《（(].*\p{Script=Han}/u.test(JSON.stringify(en[key]))
    )
      problems.push(`${area}: ${key} has Chinese in its English text`);
    if (!words.has(key) && !prefixes.some((prefix) => key.startsWith(prefix))) problems.push(`${area}: ${key} is used nowhere`);
  }
}

for (const [path, text] of code) problems.push(...outsideTexts(relative(ROOT, path), text));

for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
