/** Whether every file of a database, or of a list written with a copy, is where files are. */
import { filesOf } from '#db/backup/files-told.server.ts';
import { orOneLine, StartProblem } from '../start-problem.ts';
import { listed, missingFiles, readManifest } from './file-manifest.ts';
import { fromCaller, orProblem, readPlace } from './place.ts';

await orOneLine(async () => {
  const [name, ...more] = process.argv.slice(2);
  if (more.length > 0) throw new StartProblem('Say which list of files: npm run check-files [-- FILE.files.jsonl]');
  const { databaseUrl, files } = readPlace();
  const lines = await orProblem(
    'Nothing was checked',
    name
      ? Promise.resolve(name).then((list) => readManifest(fromCaller(list)))
      : filesOf(databaseUrl).then((found) => listed(found, files)),
  );
  const missing = await orProblem('Nothing was checked', missingFiles(lines, files));
  for (const { key, fault } of missing) console.log(`${fault} ${key}`);
  if (missing.length > 0) throw new StartProblem(`${missing.length} of ${lines.length} files are missing or changed in ${files.place}.`);
  console.log(`All ${lines.length} files are in ${files.place}.`);
});
