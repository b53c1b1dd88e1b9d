/** What is looked at before anything is built or opened. The environment is read here and nowhere below. */
import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseSettings, type Settings } from '#app/core/settings.ts';
import { StartProblem } from './start-problem.ts';

/**
 * Settings that can be worked with: every one valid, the data folder writable, the port free.
 * @param refusal why settings that are valid are not for this command; said before anything outside them is looked at
 * @throws StartProblem
 */
export async function readEnvironment(refusal: (settings: Settings) => string | null = () => null): Promise<Settings> {
  const parsed = parseSettings(process.env);
  if ('bad' in parsed) throw new StartProblem(`Settings: ${parsed.bad.map(({ name, problem }) => `${name} ${problem}`).join('; ')}.`);
  const { settings } = parsed;
  const refused = refusal(settings);
  if (refused) throw new StartProblem(`Settings: ${refused}`);
  const folder = resolve(settings.dataFolder);
  await mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .catch(({ code }) => {
      throw new StartProblem(`The data folder ${folder} cannot be written (${code}); DATA_FOLDER names another.`);
    });
  await listenOnce(settings.port).catch((error) => {
    throw portProblem(error, settings.port);
  });
  return settings;
}

const listenOnce = (port: number) =>
  new Promise<void>((done, fail) => {
    const probe = createServer()
      .once('error', fail)
      .listen(port, () => probe.close(() => done()));
  });

/** @returns what to throw for a failure to listen */
export function portProblem(error: unknown, port: number): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') return new StartProblem(`Port ${port} is taken by another program; PORT names another.`);
  if (code === 'EACCES') return new StartProblem(`Port ${port} may not be used by this user; PORT names another.`);
  return error;
}
