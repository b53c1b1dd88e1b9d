import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { audit } from '#app/core/audit.server.ts';
import { announceAll } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type FileRefusal, readFile } from '#app/modules/capability/import/read-file.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { listing, serviceVersion } from '#db/schema/listings.ts';
import { columnsOf, type ListingContent } from '../listing/listing-content.ts';
import { type Change, judgeLine } from './judge-line.ts';
import { type Headings, PRICE_FIELDS, type PriceFault, readTable } from './price-table.ts';
import { type PricedService, pricedServices } from './priced-services.server.ts';

type Named = { id: string; nameZh: string; nameEn: string };

export type PricesRead =
  | { refused: FileRefusal | 'headings'; line: number }
  | { faults: PriceFault[]; read: number }
  | {
      changed: (Named & { changes: Change[] })[];
      /** The table says what they cost. */
      unchanged: Named[];
      /** Not changed in the table, but by somebody since it went out: they stay as they are now. */
      kept: Named[];
      /** Lines that do not say what the prices were when the table went out: nobody could see whether they changed since. */
      unsure: number;
      /** Services that do not stand in the table: they stay as they are. */
      left: number;
      unread: string[];
    };

/** A table is as much as a person looks through. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Sets the prices a table says, all or none: one line that cannot be taken, and nothing changes. What is on sale gets a version of its
 * own; what was ordered keeps its price.
 * @param units names of units in every language, folded as headings are, to their codes
 * @throws Problem forbidden for who sets no prices
 */
export const importPrices = apart(
  'prices.import',
  async (
    { db, clock }: Pick<Deps, 'db' | 'clock'>,
    actor: Actor,
    bytes: Uint8Array,
    headings: Headings,
    units: readonly (readonly [string, string])[],
  ): Promise<PricesRead> => {
    requireRight(actor, 'service.publish');
    if (bytes.length > MOST_BYTES) return { refused: 'too_large', line: 0 };
    const file = await readFile(bytes);
    if (!file.ok) return { refused: file.reason, line: file.line ?? 0 };
    // Of a workbook the first sheet that is shown: others are notes.
    const table = readTable(
      file.rows.filter(({ sheet = 0 }) => sheet === (file.rows[0]?.sheet ?? 0)),
      headings,
    );
    if (!table) return { refused: 'headings', line: 0 };
    return db.write(async (tx) => {
      const centre = await centreOf(tx, actor);
      const services = new Map((await pricedServices(tx, centre.id)).map((row) => [row.id, row]));
      const faults = [...table.faults];
      const judged: { row: PricedService; content: ListingContent; changes: Change[]; kept: boolean }[] = [];
      const names = new Map(units);
      for (const { line, id, ...said } of table.lines) {
        const row = services.get(id);
        const found = row && judgeLine(row.content, said, names, row.status !== 'draft');
        if (!found) faults.push({ line, field: 'id', reason: 'no_service' });
        else if ('faults' in found)
          for (const [field, reason] of Object.entries(found.faults)) faults.push({ line, field: field as PriceFault['field'], reason });
        else if ('stale' in found) for (const { field, ...stale } of found.stale) faults.push({ line, field, reason: 'stale', stale });
        else judged.push({ row, ...found });
      }
      if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line), read: table.lines.length };
      const changed = judged.filter(({ changes }) => changes.length > 0);
      await write(tx, centre.id, actor, changed, clock());
      const named = ({ row: { id, content } }: { row: PricedService }): Named => ({ id, nameZh: content.nameZh, nameEn: content.nameEn });
      return {
        changed: changed.map(({ row, changes }) => ({ ...named({ row }), changes })),
        unchanged: judged.filter(({ changes, kept }) => changes.length === 0 && !kept).map(named),
        kept: judged.filter(({ kept }) => kept).map(named),
        unsure: table.lines.filter(({ basis }) => basis === '').length,
        left: services.size - table.lines.length,
        unread: table.unread,
      };
    });
  },
);

async function write(
  tx: Queries,
  centreId: string,
  actor: Actor,
  changed: readonly { row: PricedService; content: ListingContent; changes: Change[] }[],
  now: number,
): Promise<void> {
  const { personId } = actor;
  const onSale = changed.filter(({ row }) => row.status !== 'draft');
  for (const { row, content } of onSale)
    await tx
      .update(service)
      .set({ ...pricesIn(columnsOf(content)), version: row.version + 1, updatedAt: now })
      .where(eq(service.id, row.id));
  const versions = onSale.map(({ row, content }) => ({ serviceId: row.id, version: row.version + 1, content, personId, publishedAt: now }));
  for (const part of chunks(versions)) await tx.insert(serviceVersion).values(part);
  for (const { serviceId, version, content } of versions)
    if (content.pictures.length > 0) await referToFiles(tx, { kind: 'service_version', id: `${serviceId}:${version}` }, content.pictures);
  // What is still being written gets the same: published later, it must not bring the old price back.
  for (const { row, content, changes } of changed)
    if (row.saved) {
      const prices = Object.fromEntries(changes.map(({ field }) => [field, content[field]]));
      const values = { content: { ...row.saved.content, ...prices }, revision: row.saved.revision + 1, personId, updatedAt: now };
      await tx.update(listing).set(values).where(eq(listing.serviceId, row.id));
    }
  await announceAll(
    tx,
    'service',
    onSale.map(({ row }) => row.id),
    now,
  );
  // Once for all of them: each version says by itself who made it.
  const services = changed.map(({ row, changes }) => ({ id: row.id, changes }));
  if (services.length > 0)
    await audit(tx, { chain: `centre:${centreId}`, actorId: personId, action: 'prices_imported', data: { services } }, now);
}

/** Columns of a service a table of prices decides. */
const COLUMNS: readonly string[] = [...PRICE_FIELDS, 'expediteBasisPoints', 'vatBasisPoints', 'memberBasisPoints', 'parkBasisPoints'];
const pricesIn = (columns: ReturnType<typeof columnsOf>) =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => COLUMNS.includes(name)));
