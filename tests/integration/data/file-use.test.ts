import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { asc, eq, getTableName, is, Table } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type FileStore, keepFile } from '#app/core/files.server.ts';
import { forgetFiles } from '#app/core/forget-files.server.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { saveListing } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { viewListing } from '#app/modules/catalogue/listing/view-listing.server.ts';
import { saveAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { askForEntry } from '#app/modules/centres/verification/request-verification.server.ts';
import { ROOT } from '#db/folder.ts';
import { openDatabase } from '#db/open.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { fileUse, storedFile } from '#db/schema/core.ts';
import { serviceVersion } from '#db/schema/listings.ts';
import { seedCertificates } from '#seeds/certificates.server.ts';
import { seedPictures } from '#seeds/pictures.server.ts';
import { seed } from '#seeds/seed.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    owner_of_a_new_module: true;
  }
}

const DAY_MS = 86_400_000;
const OWNER = { organisationId: 'o', personId: 'p' };
const pdf = { name: 'a.pdf', type: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.7') };

function memoryStore(): FileStore {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (id, bytes) => void kept.set(id, bytes),
    get: async (id) => kept.get(id),
    remove: async (id) => void kept.delete(id),
  };
}

const filesIn = (q: Queries) => q.select({ id: storedFile.id }).from(storedFile);

describe('a file', () => {
  it('stays while an owner of any kind refers to it, and goes a day after none does', async () => {
    const deps = { ...(await testDeps()), files: memoryStore() };
    const [used, dropped, unused] = await Promise.all([1, 2, 3].map(() => keepFile(deps, pdf, OWNER)));
    const owner = { kind: 'owner_of_a_new_module', id: 'x' } as const;
    await deps.db.write((tx) => referToFiles(tx, owner, [used ?? '', dropped ?? '', used ?? '']));
    await deps.db.write((tx) => referToFiles(tx, owner, [used ?? '']));
    expect(await forgetFiles(deps)).toBe(0);
    deps.time.now += DAY_MS + 1;
    expect(await forgetFiles(deps)).toBe(2);
    expect(await deps.db.read(filesIn)).toEqual([{ id: used }]);
    expect([await deps.files.get(used ?? ''), await deps.files.get(dropped ?? ''), await deps.files.get(unused ?? '')]).toEqual([
      pdf.bytes,
      undefined,
      undefined,
    ]);
  });

  it('cannot be deleted by anybody while it is referred to, nor referred to once it is gone', async () => {
    const deps = { ...(await testDeps()), files: memoryStore() };
    const id = await keepFile(deps, pdf, OWNER);
    await deps.db.write((tx) => referToFiles(tx, { kind: 'owner_of_a_new_module', id: 'x' }, [id]));
    await expect(deps.db.write(async (tx) => void (await tx.delete(storedFile)))).rejects.toThrow();
    await expect(deps.db.write((tx) => referToFiles(tx, { kind: 'owner_of_a_new_module', id: 'y' }, ['gone']))).rejects.toThrow();
    expect(await deps.db.read(filesIn)).toEqual([{ id }]);
  });
});

const SCHEMA = ['capability', 'catalogue', 'centres', 'core', 'identity', 'listings', 'orders', 'payments', 'scheduling'];
/** Where a file is told of without being needed: what happened, what is sent, and the two tables themselves. */
const TELLING = new Set(['stored_file', 'file_use', 'audit_event', 'outbox', 'kept_mail']);

describe('the demonstration', () => {
  it('names no file anywhere that is not in the table of uses', async () => {
    const deps = { ...(await testDeps()), files: memoryStore() };
    await seed(deps, { history: false });
    await seedCertificates(deps);
    await seedPictures(deps);
    const ids = (await deps.db.read(filesIn)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(3);
    const uses = new Set((await deps.db.read((q) => q.select().from(fileUse))).map(({ fileId }) => fileId));
    for (const name of SCHEMA)
      for (const table of Object.values(await import(`#db/schema/${name}.ts`)))
        if (is(table, Table) && !TELLING.has(getTableName(table))) {
          const rows = JSON.stringify(await deps.db.read((q) => q.select().from(table as typeof storedFile)));
          for (const id of ids) if (rows.includes(id)) expect(uses, `${getTableName(table)} names ${id}`).toContain(id);
        }
    expect(uses).toEqual(new Set(ids));
  });
});

/** What the migration fills the new table with, from what stood there before it. */
async function backfill(url: string): Promise<void> {
  const sqlite = inject('engine') === 'sqlite';
  const text = readFileSync(join(ROOT, 'db/migrations', sqlite ? 'sqlite' : 'postgresql', '0019_file_use.sql'), 'utf8');
  // Written before the table had today's name.
  const inserts = text
    .replaceAll('centre_proof', 'verification_request')
    .split('--> statement-breakpoint')
    .filter((one) => one.includes('INSERT'));
  expect(inserts).toHaveLength(5);
  if (sqlite) {
    const db = new Sqlite(url);
    for (const one of inserts) db.exec(one);
    db.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const one of inserts) await client.query(one);
  await client.end();
}

describe('the migration', () => {
  it('finds every use that the use cases themselves would have put down, and none of a file that is not there', async () => {
    const url = await freshDatabaseUrl();
    const db = openDatabase(url);
    onTestFinished(() => db.close());
    const deps = { ...(await testDeps()), db, files: memoryStore() };
    const m = await seedMarket(db, { service: { family: 'testing', specification: 'GB/T 2423.3', summaryZh: '说明' } });
    const [first, second, third] = [
      await keepFile(deps, pdf, m.manager, 'listing'),
      await keepFile(deps, pdf, m.manager, 'listing'),
      await keepFile(deps, pdf, m.manager, 'listing'),
    ];
    const { content } = await viewListing(deps, m.manager, m.service.id);
    const publish = async (pictures: string[]) => {
      const version = (await viewListing(deps, m.manager, m.service.id)).published?.version ?? 0;
      return publishListing(deps, m.manager, { serviceId: m.service.id, content: { ...content, pictures }, revision: 0, version });
    };
    await publish([first, second]);
    await publish([second]);
    const { published } = await viewListing(deps, m.manager, m.service.id);
    const draft = { serviceId: m.service.id, content: { ...content, pictures: [third] }, revision: 0, version: published?.version ?? 0 };
    await saveListing(deps, m.manager, draft, 'draft');
    const accreditation = { id: null, kind: 'CNAS', number: 'L0', scope: '', validFrom: 0, validUntil: deps.time.now * 2 } as const;
    await saveAccreditation(deps, m.manager, { ...accreditation, evidence: pdf });
    await saveAccreditation(deps, m.manager, { ...accreditation, number: 'L1' });
    const [own] = await db.read((q) => q.select().from(centre).where(eq(centre.id, m.centreId)));
    const slug = own?.slug ?? '';
    await db.write(async (tx) => void (await tx.update(centre).set({ verifiedAt: null }).where(eq(centre.id, m.centreId))));
    await askForEntry(deps, m.manager, { slug, statement: '我们就是这个中心，联系人在此。', documents: [pdf, pdf] });

    const uses = () => db.read((q) => q.select().from(fileUse).orderBy(asc(fileUse.ownerKind), asc(fileUse.ownerId), asc(fileUse.fileId)));
    const putDown = await uses();
    expect(putDown.map(({ ownerKind }) => ownerKind)).toEqual([
      'accreditation',
      'listing',
      'service',
      'service_version',
      'service_version',
      'service_version',
      'verification_request',
      'verification_request',
    ]);
    await db.write(async (tx) => {
      await tx.delete(fileUse);
      // Demonstrations seeded before there were pictures, and files lost since.
      await tx.insert(serviceVersion).values({ serviceId: 'old', version: 1, content: {}, personId: 'p', publishedAt: 0 });
      await tx
        .insert(serviceVersion)
        .values({ serviceId: 'lost', version: 1, content: { pictures: ['lost'] }, personId: 'p', publishedAt: 0 });
    });
    await backfill(url);
    expect(await uses()).toEqual(putDown);
  });
});
