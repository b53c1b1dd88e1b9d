/** A copy of the database in one file. Nothing of the site is started, and a site that serves goes on serving. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseSettings } from '#app/core/settings.ts';
import { backUp } from '#db/backup.server.ts';
import { engineOf } from '#db/engine.ts';
import { orOneLine, StartProblem } from '../environment.server.ts';

await orOneLine(async () => {
  const [name, ...more] = process.argv.slice(2);
  if (!name || more.length > 0) throw new StartProblem('Say where the copy is to be written: npm run backup -- FILE');
  // Where it was called: npm itself goes to the folder of the project.
  const file = resolve(process.env.INIT_CWD ?? '.', name);
  // A copy needs no port, no payments and no mail.
  const { DATA_FOLDER, DATABASE_URL } = process.env;
  const parsed = parseSettings({ DATA_FOLDER, DATABASE_URL });
  if ('bad' in parsed) throw new StartProblem(`Settings: ${parsed.bad.map((bad) => `${bad.name} ${bad.problem}`).join('; ')}.`);
  const { databaseUrl, dataFolder } = parsed.settings;
  await backUp(databaseUrl, file).catch((error) => {
    throw new StartProblem(`No backup was made: ${(error as Error).message}.`, { cause: error });
  });
  const megabytes = ((await stat(file)).size / 1_000_000).toFixed(1);
  const restore =
    engineOf(databaseUrl) === 'postgresql'
      ? 'pg_restore puts it into an empty database.'
      : 'To restore, stop the site, delete hengji.sqlite-wal and hengji.sqlite-shm, and put it in the place of hengji.sqlite.';
  console.log(`${file} (${megabytes} MB) holds the whole database. ${restore}`);
  console.log(`Files that people brought are not in it: copy ${resolve(join(dataFolder, 'files'))} after this, or the bucket.`);
});
