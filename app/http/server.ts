/** What the commands start: settings, services, a listening site. The environment is read here and nowhere below. */
import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import { parseSettings, type Settings } from '#app/core/settings.ts';
import { builtFiles } from './files.server.ts';
import { type Running, run } from './run.server.ts';
import { createServices, type Services } from './services.server.ts';
import type { SiteOptions } from './site.server.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Something the person who starts the server can set right: shown as one line, without a stack. */
export class StartProblem extends Error {}

/** @throws StartProblem naming every bad setting */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const parsed = parseSettings(env);
  if ('settings' in parsed) return parsed.settings;
  throw new StartProblem(`Settings: ${parsed.bad.map(({ name, problem }) => `${name} ${problem}`).join('; ')}.`);
}

/** Opens the database and brings its tables up to date. @throws StartProblem */
export async function openServices(settings: Settings): Promise<Services> {
  const folder = resolve(settings.dataFolder);
  await mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .catch((error) => {
      throw new StartProblem(`The data folder ${folder} cannot be written (${error.code}); DATA_FOLDER names another.`);
    });
  try {
    const services = await createServices(settings);
    await services.db.migrate();
    return services;
  } catch (error) {
    throw new StartProblem(`The database does not open: ${reason(error)}.`, { cause: error });
  }
}

const reason = (error: unknown): string => {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: unknown };
  return cause ? reason(cause) : (message || code || String(error)).split('\n', 1)[0]?.replace(/\/\/[^@/\s]*@/, '//…@') || 'unknown reason';
};

/** The site as `npm run build` left it. @throws StartProblem */
export async function builtSite(): Promise<Pick<SiteOptions, 'build' | 'files'>> {
  const build = (await import(resolve(ROOT, 'build/server/index.js')).catch((error) => {
    throw error.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes('build/server/index.js')
      ? new StartProblem('The site is not built yet: run `npm run build` first.')
      : error;
  })) as ServerBuild;
  return { build, files: builtFiles(resolve(ROOT, 'build/client')) };
}

/** @throws StartProblem when the port cannot be had */
export async function listen(services: Services, site: Omit<SiteOptions, 'services'>): Promise<Running> {
  const { port } = services.settings;
  try {
    return await run({ services, ...site, port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') throw new StartProblem(`Port ${port} is taken by another program; PORT names another.`);
    if (code === 'EACCES') throw new StartProblem(`Port ${port} may not be used by this user; PORT names another.`);
    throw error;
  }
}

/** Runs the start of a process; a StartProblem becomes one line and exit code 1. */
export async function orOneLine(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(error instanceof StartProblem ? `hengji: ${error.message}` : error);
    process.exit(1);
  }
}
