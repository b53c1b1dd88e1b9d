import { access, constants, statfs } from 'node:fs/promises';
import { countOpenFindings } from '#app/core/audit-findings.server.ts';
import { takeLease } from '#app/core/lease.server.ts';
import { outboxBacklog } from '#app/core/outbox.server.ts';
import { engineOf } from '#db/engine.ts';
import { isUnwritable } from '#db/errors.ts';
import { isMigrated } from '#db/migrated.server.ts';
import type { Database } from '#db/open.server.ts';
import type { Services } from './services.server.ts';

/** How long a check waits. A database that is silent for so long does not serve people either. */
const PATIENCE_MS = 2_000;
/** With less room than this the next picture, or the next minutes of bookings, would not fit. What is under way still has a little. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

/** The database, and when it last refused a write because nothing could be written (milliseconds of the machine's clock). */
export function notingRefusals(db: Database): { db: Database; refusedAt: () => number } {
  let refusedAt = Number.NEGATIVE_INFINITY;
  const write: Database['write'] = (work, line) =>
    db.write(work, line).catch((error) => {
      if (isUnwritable(error)) refusedAt = Date.now();
      throw error;
    });
  return { db: { ...db, write }, refusedAt: () => refusedAt };
}

/** One row may still fit where a booking does not: so a write that was refused a moment ago counts as well. */
const REFUSED_MS = 5_000;

/**
 * Whether this process may be sent requests: the database answers, has the tables of this code and takes a row, and the data folder has
 * room. A write lock that somebody else holds for a while is no reason to say no: reading goes on.
 */
export function readiness(services: Services): () => Promise<boolean> {
  const { databaseUrl, bucket, dataFolder } = services.settings;
  const keepsFolder = engineOf(databaseUrl) === 'sqlite' || !bucket;
  let looking: Promise<boolean> | undefined;
  let writing: Promise<boolean> | undefined;

  /** Those who ask at the same time share one look, also while it is silent. */
  const look = () => {
    looking ??= isMigrated(services.db)
      .catch(() => false)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  const write = () => {
    writing ??= takeLease(services, 'readyz', 'anybody', 0)
      .then(
        () => true,
        (error) => !isUnwritable(error),
      )
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  return async () => {
    if (Date.now() - services.refusedAt() < REFUSED_MS) return false;
    const answers = await Promise.all([within(look(), false), within(write(), true), !keepsFolder || hasRoom(dataFolder)]);
    return answers.every(Boolean);
  };
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= LEAST_FREE_BYTES;
  } catch (error) {
    return (error as { code?: string }).code === 'ENOENT' || !isUnwritable(error);
  }
}

/** @param late the answer when there is none in time */
function within<T>(work: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout;
  const over = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), PATIENCE_MS);
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}

/** How long the oldest effect that is due has waited, in whole seconds; nothing while the database does not say. */
export async function outboxAge({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<number | undefined> {
  const now = clock();
  const asked = db
    .read((q) => outboxBacklog(q, now))
    .then(
      ({ oldestDue }) => (oldestDue === null ? 0 : Math.max(0, Math.round((now - oldestDue) / 1000))),
      () => undefined,
    );
  return within(asked, undefined);
}

/** How many changes of the audit log nobody has looked at; 0 while the database does not say. */
export async function auditFindings({ db }: Pick<Services, 'db'>): Promise<number> {
  const asked = db.read(countOpenFindings).then(
    (rows) => rows.reduce((sum, { count }) => sum + count, 0),
    () => 0,
  );
  return within(asked, 0);
}
