/** Puts a copy of the database into an empty place; then says which of its files are not there yet. */
import { restore } from '#db/backup/restore.server.ts';
import { orOneLine, StartProblem } from '../start-problem.ts';
import { listed, missingFiles } from './file-manifest.ts';
import { fromCaller, orProblem, readPlace } from './place.ts';

await orOneLine(async () => {
  const words = process.argv.slice(2);
  const [name, ...more] = words.filter((word) => word !== '--replace');
  if (!name || more.length > 0) throw new StartProblem('Say which copy is to be restored: npm run restore -- FILE [--replace]');
  const { databaseUrl, files } = readPlace();
  const found = await orProblem('Nothing was restored', restore(databaseUrl, fromCaller(name), { replace: words.includes('--replace') }));
  console.log('The database is restored. It is brought up to date when the site starts.');
  const missing = await orProblem('The database is restored, its files could not be looked at', missingFiles(listed(found, files), files));
  if (missing.length === 0) console.log(`All ${found.length} files it refers to are in ${files.place}.`);
  else
    console.log(
      `${missing.length} of the ${found.length} files it refers to are not in ${files.place}: bring them there, npm run check-files says which they are.`,
    );
});
