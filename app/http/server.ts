/** What the commands put together: services over a migrated database, and a listening server. */
import type { Settings } from '#app/core/settings.ts';
import { portProblem } from './environment.server.ts';
import { type Running, run } from './run.server.ts';
import { createServices, type Services } from './services.server.ts';
import type { SiteOptions } from './site.server.ts';
import { StartProblem } from './start-problem.ts';

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

/** @throws StartProblem when the port cannot be had */
export async function listen(services: Services, site: Omit<SiteOptions, 'services'>): Promise<Running> {
  const { port } = services.settings;
  try {
    return await run({ services, ...site, port });
  } catch (error) {
    throw portProblem(error, port);
  }
}
