/** A copy taken while people book is put down elsewhere, and every table is compared. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { expect, inject, it, onTestFinished } from 'vitest';
import { folderStore, keepFile } from '#app/core/files.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { listed, missingFiles, readManifest, writeManifest } from '#app/http/commands/file-manifest.ts';
import { fileStoreOf } from '#app/http/file-store.server.ts';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { backUp } from '#db/backup/back-up.server.ts';
import { filesOf } from '#db/backup/files-told.server.ts';
import { restore } from '#db/backup/restore.server.ts';
import { type Database, openDatabase } from '#db/open.server.ts';
import { keptMail } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { seed } from '#seeds/seed.ts';
import { formFor, type Market, seedMarket } from '#tests/support/market.ts';
import { command, contents, folder, type Place, place } from './copies.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

function open(url: string): Database {
  const db = openDatabase(url);
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= db.close());
  onTestFinished(close);
  return { ...db, close };
}

const HOUR = 3_600_000;
const FIRST = Math.ceil(Date.now() / (24 * HOUR)) * 24 * HOUR + 48 * HOUR;

/** People book, three at a time, until told to stop. @returns numbers of the orders they were told of */
function booking(db: Database, market: Market) {
  let going = true;
  const told: string[] = [];
  let next = 0;
  const one = async () => {
    while (going) {
      try {
        const n = next++;
        const buyer = market.buyers[n % market.buyers.length] as Market['buyers'][number];
        const { number } = await holdSlot({ db, clock: Date.now }, buyer, formFor(market.service, FIRST + (n % 1400) * HOUR));
        told.push(number);
      } catch (error) {
        if (!isProblem(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const work = Promise.all([one(), one(), one()]);
  return {
    told,
    stop: async () => {
      going = false;
      await work;
    },
  };
}

/** A market of a demonstration and a shop that never closes, with a file somebody brought. */
async function seeded(at: Place) {
  const db = open(at.url);
  await seed({ db, clock: Date.now }, { history: false });
  const market = await seedMarket(db, {
    pools: [4],
    buyers: 40,
    weeklyHours: Array.from({ length: 7 }, () => [[0, 1440]]),
    service: { setupMinutes: 0, minutesPerItem: 60, leadDays: 0, horizonDays: 80 },
  });
  const files = folderStore(join(at.dataFolder, 'files'));
  const fileId = await keepFile(
    { db, clock: Date.now, files },
    { name: '证书.png', type: 'image/png', bytes: PNG },
    { organisationId: market.buyers[0]?.organisationId ?? '', personId: market.buyers[0]?.personId ?? '' },
  );
  // What a text has to survive on its way: quotes, lines of every kind, a backslash, an end that is none.
  await db.write((tx) =>
    tx.insert(keptMail).values({
      id: randomUUID(),
      to: 'a@b.example',
      subject: '\'\t"\\N',
      text: '\\.\n\r\n\u2028\\.\n',
      html: '量块 ±0.3 µm 😀',
      attachments: [],
      createdAt: 1,
    }),
  );
  return { db, market, fileId };
}

it('a copy taken while people book holds what they had been told of, whole, and what it holds is what is restored', async () => {
  const from = await place(true);
  const { db, market, fileId } = await seeded(from);
  const people = booking(db, market);
  while (people.told.length < 30) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = [...people.told];
  const copy = join(folder(), 'copy');
  const made = await command('backup', [copy], from.env);
  await people.stop();
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(people.told.length).toBeGreaterThan(before.length);
  const manifest = readFileSync(`${copy}.files.jsonl`, 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({ key: `files/${fileId.slice(-2)}/${fileId}`, size: PNG.length });

  const to = await place(false);
  const done = await command('restore', [copy], to.env);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain('1 of the 1 files it refers to are not in');
  const restored = open(to.url);
  await restored.migrate();
  const held = await restored.read((q) =>
    q
      .select({ number: orders.number, cells: sql<number>`count(${claim.cell})`.mapWith(Number) })
      .from(orders)
      .leftJoin(claim, sql`${claim.orderId} = ${orders.id}`)
      .where(sql`${orders.centreId} = ${market.centreId}`)
      .groupBy(orders.number),
  );
  const whole = new Set(held.filter(({ cells }) => cells === 2).map(({ number }) => number));
  expect(whole.size).toBe(held.length);
  expect(before.filter((number) => !whole.has(number))).toEqual([]);
  // The site works on it.
  const { number } = await holdSlot(
    { db: restored, clock: Date.now },
    market.buyers[0] as Market['buyers'][number],
    formFor(market.service, FIRST + 1_450 * HOUR),
  );
  expect(whole.has(number)).toBe(false);

  // At rest there is one state, and every table of it is in the copy.
  const again = join(folder(), 'again');
  await backUp(from.url, again);
  await db.close();
  const elsewhere = await place(false);
  await restore(elsewhere.url, again);
  const [was, is] = [await contents(from.url), await contents(elsewhere.url)];
  expect([...is.keys()]).toEqual([...was.keys()]);
  for (const [table, rows] of was) expect(is.get(table), table).toEqual(rows);
});

it('files are said to be missing or changed, by the database and by the list beside a copy', async () => {
  const from = await place(true);
  const { fileId } = await seeded(from);
  const key = `files/${fileId.slice(-2)}/${fileId}`;
  const files = fileStoreOf({ dataFolder: from.dataFolder, bucket: undefined });
  const list = join(folder(), 'list');
  writeManifest(list, listed(await filesOf(from.url), files));
  const lines = readManifest(list);
  expect(lines).toEqual([{ key, size: PNG.length, sha256: createHash('sha256').update(PNG).digest('hex') }]);
  expect(await missingFiles(lines, files)).toEqual([]);
  writeFileSync(join(from.dataFolder, key), 'something else');
  expect(await missingFiles(lines, files)).toEqual([{ key, fault: 'changed' }]);
  rmSync(join(from.dataFolder, key));
  for (const args of [[], [list]]) {
    const { code, out, err } = await command('check-files', args, from.env);
    expect({ code, out }).toEqual({ code: 1, out: `missing ${key}\n` });
    expect(err).toMatch(/^hengji: 1 of 1 files are missing or changed in .*\n$/);
  }
  writeFileSync(list, '{"key":"files/x"}\n');
  expect(() => readManifest(list)).toThrow('line 1');
});

it('is restored into an empty place only, unless told; what cannot be restored changes nothing', async () => {
  const from = await place(true);
  const { db } = await seeded(from);
  const copy = join(folder(), 'copy');
  await backUp(from.url, copy);

  const to = await place(true);
  const was = await contents(to.url);
  const bad = folder();
  const broken = join(bad, 'broken');
  copyFileSync(copy, broken);
  truncateSync(broken, Math.floor(readFileSync(copy).length / 2));
  const other = join(bad, 'other');
  const sqlite = inject('engine') === 'sqlite';
  writeFileSync(other, sqlite ? gzipSync('x') : Buffer.concat([Buffer.from('SQLite format 3\0'), randomBytes(64)]));
  const nothing = join(bad, 'nothing');
  writeFileSync(nothing, 'nothing');
  const newer = join(bad, 'newer');
  if (sqlite) {
    copyFileSync(copy, newer);
    const tomorrow = new Sqlite(newer);
    tomorrow.exec(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ${Date.now() + 1e12})`);
    tomorrow.close();
  } else
    writeFileSync(
      newer,
      gzipSync(
        gunzipSync(readFileSync(copy))
          .toString()
          .replace(/"migration":\d+/, '"migration":9999999999999'),
      ),
    );
  for (const [file, why] of [
    [copy, /--replace/],
    [join(bad, 'none'), /there is no /],
    [nothing, /is no backup of Hengji/],
    [other, /is a backup of (SQLite|PostgreSQL), and this place is one of/],
    [broken, /--replace/],
  ] as const) {
    await expect(restore(to.url, file)).rejects.toThrow(why);
  }
  const empty = await place(false);
  for (const [file, why] of [
    [broken, /damaged/],
    [newer, /newer version/],
  ] as const) {
    await expect(restore(empty.url, file)).rejects.toThrow(why);
    if (sqlite) expect(existsSync(empty.url)).toBe(false);
    else expect([...(await contents(empty.url)).keys()]).toEqual(['what is no table']);
  }
  expect(await contents(to.url)).toEqual(was);

  // A site that serves is not robbed of its data, also where somebody says so.
  const serving = openDatabase(to.url);
  await serving.migrate();
  await serving.read((q) => q.select().from(orders));
  const { code, err } = await command('restore', [copy, '--replace'], to.env);
  expect(err).toMatch(/^hengji: Nothing was restored: .*stop the site first.*\n$/);
  expect(code).toBe(1);
  await serving.close();
  await restore(to.url, copy, { replace: true });
  await db.close();
  expect(await contents(to.url)).toEqual(await contents(from.url));
});
