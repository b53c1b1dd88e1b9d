/** What the commands put together: services over a migrated database, the built site, a listening server. */
import { resolve } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import type { Settings } from '#app/core/settings.ts';
import { portProblem, ROOT, StartProblem } from './environment.server.ts';
import { builtFiles } from './files.server.ts';
import { type Running, run } from './run.server.ts';
import { createServices, type Services } from './services.server.ts';
import type { SiteOptions } from './site.server.ts';

/** Opens the database and brings its tables up to date. @throws StartProblem */
export async function openServices(settings: Settings): Promise<Services> {
  try {
    const services = await createServices(settings);
    await services.db.migrate();
    return services;
  } catch (error) {
    throw new StartProblem(`The database does not open: ${reason(error)}.`, { cause: error });
  }
}

/** The innermost cause, in one line, without the password an address may hold. */
function reason(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: unknown };
  if (cause) return reason(cause);
  return (message || code || String(error)).replace(/\n.*/s, '').replace(/\/\/[^@/\s]*@/, '//…@');
}

/** The site as `npm run build` left it. @throws StartProblem */
export async function builtSite(): Promise<Pick<SiteOptions, 'build' | 'files'>> {
  const file = resolve(ROOT, 'build/server/index.js');
  const build = (await import(file).catch((error) => {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes(`'${file}'`);
    throw missing ? new StartProblem('The site is not built yet: run `npm run build` first.') : error;
  })) as ServerBuild;
  return { build, files: builtFiles(resolve(ROOT, 'build/client')) };
}

/** @throws StartProblem when the port cannot be had */
export async function listen(services: Services, site: Omit<SiteOptions, 'services'>): Promise<Running> {
  const { port } = services.settings;
  try {
    return await run({ services, ...site, port });
  } catch (error) {
    throw portProblem(error, port);
  }
}
