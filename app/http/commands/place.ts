/** What the commands about copies share: where data and files are by the settings, and file names as their caller means them. */
import { resolve } from 'node:path';
import { parseSettings } from '#app/core/settings.ts';
import { fileStoreOf } from '../file-store.server.ts';
import { StartProblem } from '../start-problem.ts';

/** They need no port, no payments and no mail, so nothing else of the environment may be wrong. @throws StartProblem */
export function readPlace() {
  const names = ['DATA_FOLDER', 'DATABASE_URL', 'S3_BUCKET_URL', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const parsed = parseSettings(Object.fromEntries(names.map((name) => [name, process.env[name]])));
  if ('bad' in parsed) throw new StartProblem(`Settings: ${parsed.bad.map((bad) => `${bad.name} ${bad.problem}`).join('; ')}.`);
  const { databaseUrl } = parsed.settings;
  return { databaseUrl, files: fileStoreOf(parsed.settings) };
}

/** As seen from where the command was called: npm itself goes to the folder of the project. */
export const fromCaller = (name: string) => resolve(process.env.INIT_CWD ?? '.', name);

/** @throws StartProblem, which is one line */
export const orProblem = <T>(what: string, work: Promise<T>): Promise<T> =>
  work.catch((error) => {
    throw new StartProblem(`${what}: ${(error as Error).message || (error as { code?: string }).code}.`, { cause: error });
  });
