import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { audit } from '#app/core/audit.server.ts';
import { announceAll } from '#app/core/change-feed.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';
import { STATED, type StoredValues } from './compare-scope.ts';
import { keepVersions } from './keep-versions.server.ts';
import { besideScope, type ImportDeps, judgeAhead, openWork } from './open-work.server.ts';
import { removeRows } from './remove-rows.server.ts';
import type { RowsOnSale } from './rows-on-sale.ts';
import { isWhole, wholeness } from './wholeness.ts';

export interface Confirmation {
  /** Rows of the scope the file does not have go: only a file taken as a whole says that. */
  remove: boolean;
  /** What the page said would happen (`outcome.signature`). */
  shown: string;
}

export type Confirmed = { added: number; changed: number; removed: number; same: number };

/**
 * The scope becomes what the page showed, all of it or nothing: the rows all of whose questions are answered. Services sold on a row that
 * goes are sold without it, and those sold on an instrument and method also on its new rows.
 * @throws Problem not_found, forbidden, stale when the scope or the import is another by now; invalid_form {field: 'rows'} when no row can
 * be taken, {field: 'remove'} when the file was not taken as a whole
 */
export const confirmImport = apart('import.confirm', confirmNow);

async function confirmNow(
  { db, clock, imports, rowsOnSale }: ImportDeps & { rowsOnSale: RowsOnSale },
  actor: Actor,
  id: string,
  { remove, shown }: Confirmation,
): Promise<Confirmed> {
  requireRight(actor, 'scope.state');
  if (imports) await judgeAhead({ db, clock, imports }, actor, id);
  const done = await db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    const work = await openWork(tx, imports, centre.id, id);
    const { difference, signature } = await besideScope(tx, work, centre.id, now);
    if (signature !== shown) throw new Problem('stale');
    const { rows, added, changed, same, missing } = difference;
    if (added.length + changed.length + same === 0) throw new Problem('invalid_form', { field: 'rows' });
    const whole = wholeness(rows, { ...work.facts, encoding: work.encoding });
    if (remove && !isWhole(whole)) throw new Problem('invalid_form', { field: 'remove' });
    const removed = remove ? missing.map((row) => row.id) : [];
    const sold = await rowsOnSale.groups(tx, centre.id);
    const ids = await insertRows(tx, centre.id, added, now);
    const ending = { personId: actor.personId, endedAt: now };
    await keepVersions(
      tx,
      changed.map((row) => row.id),
      ending,
    );
    await updateRows(tx, centre.id, changed, now);
    const services = new Set([
      ...(await removeRows(tx, rowsOnSale, removed, ending)),
      ...(await rowsOnSale.join(
        tx,
        sold,
        added.map((row, i) => ({ ...row, id: ids[i]! })),
      )),
    ]);
    await announceAll(tx, 'capability', [...ids, ...changed.map((row) => row.id), ...removed], now);
    await announceAll(tx, 'service', [...services], now);
    await tx.delete(capabilityImport).where(eq(capabilityImport.id, id));
    const counts = { added: added.length, changed: changed.length, removed: removed.length, same };
    await audit(
      tx,
      {
        chain: `centre:${centre.id}`,
        actorId: actor.personId,
        action: 'scope_imported',
        data: { ...counts, file: work.fileName, untaken: whole.untaken },
      },
      now,
    );
    return counts;
  });
  imports?.drop(id);
  return done;
}

async function insertRows(tx: Queries, centreId: string, rows: readonly StoredValues[], now: number): Promise<string[]> {
  const values = rows.map((row) => ({ ...row, id: newId(), centreId, createdAt: now }));
  for (const part of chunks(values)) await tx.insert(capability).values(part);
  return values.map((row) => row.id);
}

/** Many rows at once: inserted over the ones there are, each with values of its own. */
async function updateRows(
  tx: Queries,
  centreId: string,
  changed: readonly { id: string; values: StoredValues }[],
  now: number,
): Promise<void> {
  const set = Object.fromEntries(STATED.map((column) => [column, sql.raw(`excluded.${named(column)}`)]));
  for (const part of chunks(changed))
    await tx
      .insert(capability)
      .values(part.map(({ id, values }) => ({ ...values, id, centreId, createdAt: now })))
      .onConflictDoUpdate({ target: capability.id, set });
}

/** As the engines name a column: fieldZh is field_zh. */
const named = (column: string): string => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
