import { join } from 'node:path';
import type { Deps } from '#app/core/deps.ts';
import type { FileStore } from '#app/core/files.server.ts';
import type { Settings } from '#app/core/settings.ts';
import { startWorkers, type Workers } from '#app/core/workers.server.ts';
import { type LiveScopes, loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { type LiveCatalogue, loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import type { Gateway } from '#app/modules/payments/gateway.ts';
import { stripeGateway } from '#app/modules/payments/stripe-gateway.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { fileStoreOf } from './file-store.server.ts';
import { type HandedDown, handedDown } from './handed-down.ts';
import { createLog, type ProcessLog } from './log.server.ts';
import { moduleLetters, tellModules } from './modules.ts';
import { notingRefusals } from './ready.server.ts';

type Base = Deps & HandedDown;

/**
 * Everything a request may need, made once per process and handed down: the bundle has its own copies of all modules, so
 * nothing may live in a module's variable. What holds a connection or derived data in memory is a line here.
 */
export type Services = Base & {
  log: ProcessLog;
  /** When the database last refused a write because nothing could be written; see /readyz. */
  refusedAt: () => number;
  gateway: Gateway;
  /** Services and centres as search sees them: `await services.catalogue.current()`. */
  catalogue: LiveCatalogue;
  /** What every centre can measure, for search by need: `await services.scopes.current()`. */
  scopes: LiveScopes;
  /** Where what takes long is done; files that are brought, and scopes being brought in. */
  workers: Workers;
  mail: ReturnType<typeof mailDelivery>;
  files: FileStore;
  /** Does what is due in the outbox soon. The site calls it after every mutation; nobody else needs to. */
  wake: () => void;
  close: () => Promise<void>;
};

/** What of the settings a worker needs: no keys, no passwords but the database's. */
export type WorkerSettings = Pick<Settings, 'databaseUrl' | 'database'>;
const workerSettings = ({ databaseUrl, database }: Settings): WorkerSettings => ({ databaseUrl, database });

export async function createServices(settings: Settings, options: Partial<Pick<Services, 'clock' | 'log'>> = {}): Promise<Services> {
  const { log = createLog(settings), clock = Date.now } = options;
  const { db, refusedAt } = notingRefusals(openDatabase(settings.databaseUrl, settings.database));
  const deps: Deps = { db, settings, clock, log, tell: tellModules };
  const mail = mailDelivery(deps, moduleLetters);
  const keep = { folder: join(settings.dataFolder, 'snapshots'), log };
  const [catalogue, scopes] = [loadCatalogue(deps, keep), loadScopes(deps, keep)];
  const work = startWorkers({ log, file: '#app/http/worker.ts', begin: workerSettings(settings) });
  return {
    ...deps,
    ...handedDown,
    log,
    refusedAt,
    gateway: stripeGateway(deps),
    catalogue,
    scopes,
    workers: work,
    mail,
    files: fileStoreOf(settings).store,
    wake: () => {},
    close: async () => {
      mail.close();
      await work.close();
      await Promise.all([catalogue.close(), scopes.close()]);
      await db.close();
      log.flush();
    },
  };
}
