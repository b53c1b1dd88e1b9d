/** A copy of the database in one file, and the list of files it refers to. Nothing of the site is started, and a site that serves goes on serving. */
import { stat } from 'node:fs/promises';
import { backUp } from '#db/backup/back-up.server.ts';
import { orOneLine, StartProblem } from '../start-problem.ts';
import { listed, manifestOf, writeManifest } from './file-manifest.ts';
import { fromCaller, orProblem, readPlace } from './place.ts';

await orOneLine(async () => {
  const [name, ...more] = process.argv.slice(2);
  if (!name || more.length > 0) throw new StartProblem('Say where the copy is to be written: npm run backup -- FILE');
  const file = fromCaller(name);
  const { databaseUrl, files } = readPlace();
  const found = await orProblem('No backup was made', backUp(databaseUrl, file));
  const lines = listed(found, files);
  writeManifest(manifestOf(file), lines);
  const megabytes = ((await stat(file)).size / 1_000_000).toFixed(1);
  console.log(`${file} (${megabytes} MB) holds the whole database: npm run restore -- FILE puts it into an empty place.`);
  console.log(
    `${manifestOf(file)} lists the ${lines.length} files it refers to, which are in ${files.place}: copy them after this, not before.`,
  );
  console.log('audit.key and account.key of the data folder (or AUDIT_KEY, ACCOUNT_KEY) are in neither: keep them, and not with the copy.');
});
