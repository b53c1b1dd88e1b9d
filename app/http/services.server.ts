import type { Deps } from '#app/core/deps.ts';
import type { Settings } from '#app/core/settings.ts';
import { type LiveScopes, loadScopes } from '#app/modules/capability/load-scopes.server.ts';
import { type LiveCatalogue, loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { createLog, type ProcessLog } from './log.server.ts';

/**
 * Everything a request may need, made once per process and handed down: the bundle has its own copies of all modules, so
 * nothing may live in a module's variable. What holds a connection or derived data in memory is a line here.
 */
export type Services = Deps & {
  log: ProcessLog;
  /** What is on offer, in memory. */
  catalogue: LiveCatalogue;
  /** What every centre can measure, in memory, ready for search by need. */
  scopes: LiveScopes;
  /** Does what is due in the outbox soon. The site calls it after every mutation; nobody else needs to. */
  wake: () => void;
  close: () => Promise<void>;
};

export type ServiceOptions = {
  clock?: () => number;
  log?: ProcessLog;
};

export async function createServices(settings: Settings, options: ServiceOptions = {}): Promise<Services> {
  const log = options.log ?? createLog(settings.logLevel);
  const clock = options.clock ?? Date.now;
  const db = openDatabase(settings.databaseUrl, { readReplicas: settings.readReplicas });
  return {
    db,
    settings,
    clock,
    log,
    catalogue: loadCatalogue({ db, clock }),
    scopes: loadScopes({ db, clock }),
    wake: () => {},
    close: async () => {
      await db.close();
      log.flush();
    },
  };
}
