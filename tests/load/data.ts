/** The benchmark's market: the demonstration, and beside it 500 centres with 50,000 services and capabilities and a million past claims. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { extendRollups } from '#app/modules/scheduling/extend-rollup.server.ts';
import { isoDay } from '#app/modules/scheduling/local-day.ts';
import { MIGRATIONS } from '#db/folder.ts';
import { openSqlite } from '#db/sqlite.server.ts';
import { seed } from '#seeds/seed.ts';

/** Raised when what is generated changes: an older file is then made anew. */
const VERSION = 10;

export type Size = { services: number; capabilities: number; claims: number; centres: number };
export const FULL: Size = { services: 50_000, capabilities: 50_000, claims: 1_000_000, centres: 500 };
export const SMALL: Size = { services: 1_000, capabilities: 1_000, claims: 10_000, centres: 500 };
/** Ten times the market. */
export const GROWN: Size = { services: 500_000, capabilities: 500_000, claims: 5_000_000, centres: 5_000 };

const RESOURCES_PER_POOL = 4;
const CELL_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** @returns a file that may be copied, not written to */
export async function marketFile(size: Size): Promise<string> {
  const folder = join(tmpdir(), 'hengji-bench');
  mkdirSync(folder, { recursive: true });
  // Tables of another migration are another market.
  const tables = readdirSync(join(MIGRATIONS, 'sqlite')).length;
  const file = join(folder, `market-${VERSION}.${tables}-${size.services}-${isoDay(Math.floor(Date.now() / DAY_MS))}.sqlite`);
  if (existsSync(file)) return file;
  console.log(`Making ${size.services} services, ${size.capabilities} capabilities and ${size.claims} claims …`);
  const making = `${file}.making`;
  for (const end of ['', '-wal', '-shm']) rmSync(making + end, { force: true });
  const db = openSqlite(making);
  await db.migrate();
  await seed({ db, clock: Date.now });
  await db.close();
  multiply(making, size);
  await openDaysAhead(making);
  renameSync(making, file);
  return file;
}

/** As the site keeps it: the open minutes of the days to come are known, and not worked out while something is measured. */
async function openDaysAhead(file: string): Promise<void> {
  const db = openSqlite(file);
  await extendRollups({ db, clock: Date.now });
  await db.close();
}

/** Copies what the demonstration has, under other ids, as often as is wanted; by statements, because a million rows are many. */
function multiply(file: string, { services, capabilities, claims, centres }: Size): void {
  const db = new Sqlite(file);
  db.pragma('synchronous = OFF');
  db.exec('BEGIN');
  const now = Date.now();
  db.prepare(
    `INSERT INTO organisation (id, kind, slug, name_zh, name_en, demonstration, created_at) VALUES ('bench-park', 'park', 'bench-park', '示范 · 大园区', 'Demo · Large park', 1, ?)`,
  ).run(now);
  db.exec(
    `INSERT INTO park (id, slug, organisation_id, name_zh, name_en, city_zh, city_en) VALUES ('bench-park', 'bench-park', 'bench-park', '示范 · 大园区', 'Demo · Large park', '苏州', 'Suzhou')`,
  );
  db.exec(
    `CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.max(services, capabilities) - 1}) SELECT i FROM n`,
  );
  db.exec(`CREATE TEMP TABLE c AS SELECT row_number() OVER (ORDER BY slug) - 1 AS k, * FROM centre WHERE organisation_id IS NOT NULL`);
  const kinds = db.prepare('SELECT count(*) AS n FROM temp.c').get() as { n: number };
  // Each of an organisation of its own, as the product has it: nobody's pages show the centres of others.
  db.exec(`INSERT INTO organisation (id, kind, slug, name_zh, name_en, demonstration, created_at)
    SELECT 'bo' || i, 'centre', 'bench-organisation-' || i, '示范 · 中心 ' || i, 'Demo · Centre ' || i, 1, ${now} FROM temp.n WHERE i < ${centres}`);
  db.exec(`INSERT INTO centre (id, slug, park_id, organisation_id, name_zh, name_en, city_zh, city_en, latitude, longitude, time_zone, demonstration, verified_at, created_at)
    SELECT 'bc' || i, 'bench-centre-' || i, 'bench-park', 'bo' || i, '示范 · 中心 ' || i, 'Demo · Centre ' || i, c.city_zh, c.city_en, c.latitude, c.longitude, c.time_zone, 1, ${now}, ${now}
    FROM temp.n JOIN temp.c ON c.k = i % ${kinds.n} WHERE i < ${centres}`);
  db.exec(`INSERT INTO pool (id, centre_id, kind, field, name_zh, name_en, weekly_hours, position)
    SELECT 'bp' || i, 'bc' || i, 'bench', '几何量', '工位', 'Bench', (SELECT weekly_hours FROM pool LIMIT 1), 0 FROM temp.n WHERE i < ${centres}`);
  db.exec(`INSERT INTO resource (id, pool_id, name_zh, name_en, position)
    SELECT 'br' || i, 'bp' || (i / ${RESOURCES_PER_POOL}), '工位 ' || i, 'Bench ' || i, i % ${RESOURCES_PER_POOL} FROM temp.n WHERE i < ${centres * RESOURCES_PER_POOL}`);
  copyTemplates(db, services, capabilities, centres);
  pastClaims(db, claims, centres, now);
  // No ANALYZE: a site has no statistics either, and with them SQLite plans a statement anew whenever its values change.
  db.exec('COMMIT');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

function copyTemplates(db: Sqlite.Database, services: number, capabilities: number, centres: number): void {
  const columnsOf = (table: string, given: Record<string, string>) => {
    const names = (db.pragma(`table_info(${table})`) as { name: string }[]).map((column) => column.name);
    return { names: names.join(', '), values: names.map((name) => given[name] ?? `t.${name}`).join(', ') };
  };
  db.exec(`CREATE TEMP TABLE ts AS SELECT row_number() OVER (ORDER BY id) - 1 AS k, * FROM service WHERE status = 'published'`);
  const served = (db.prepare('SELECT count(*) AS n FROM temp.ts').get() as { n: number }).n;
  const service = columnsOf('service', {
    id: `'bs' || i`,
    slug: `'bench-service-' || i`,
    centre_id: `'bc' || (i % ${centres})`,
    unit_net: 't.unit_net + i % 977',
    version: '1',
  });
  db.exec(
    `INSERT INTO service (${service.names}) SELECT ${service.values} FROM temp.n JOIN temp.ts t ON t.k = i % ${served} WHERE i < ${services}`,
  );
  db.exec(
    `INSERT INTO service_pool (service_id, pool_id, position) SELECT 'bs' || i, 'bp' || (i % ${centres}), 0 FROM temp.n WHERE i < ${services}`,
  );
  db.exec(`CREATE TEMP TABLE tc AS SELECT row_number() OVER (ORDER BY id) - 1 AS k, * FROM capability`);
  const rows = (db.prepare('SELECT count(*) AS n FROM temp.tc').get() as { n: number }).n;
  const capability = columnsOf('capability', { id: `'bq' || i`, centre_id: `'bc' || (i % ${centres})`, accreditation_id: 'NULL' });
  db.exec(
    `INSERT INTO capability (${capability.names}) SELECT ${capability.values} FROM temp.n JOIN temp.tc t ON t.k = (i / ${centres} + i) % ${rows} WHERE i < ${capabilities}`,
  );
  db.exec(
    `INSERT INTO service_capability (service_id, capability_id) SELECT 'bs' || i, 'bq' || i FROM temp.n WHERE i < ${Math.min(services, capabilities)}`,
  );
}

/** Claims spread over the past year, two cells a day and resource, with the rollup they make. */
function pastClaims(db: Sqlite.Database, claims: number, centres: number, now: number): void {
  const resources = centres * RESOURCES_PER_POOL;
  const days = Math.ceil(claims / resources / 2);
  const today = Math.floor(now / DAY_MS);
  const claim = db.prepare(`INSERT INTO claim (resource_id, cell, pool_id, holder_id) VALUES (?, ?, ?, ?)`);
  const rollup = db.prepare(
    `INSERT INTO resource_day (pool_id, day, resource_id, open_minutes, booked_minutes, used_minutes) VALUES (?, ?, ?, 420, 60, 60)`,
  );
  for (let r = 0; r < resources; r++) {
    const pool = `bp${Math.floor(r / RESOURCES_PER_POOL)}`;
    for (let d = 1; d <= days; d++) {
      const day = today - Math.round((d * 364) / days);
      const cell = (day * DAY_MS) / CELL_MS + 4 + ((r + d) % 10);
      claim.run(`br${r}`, cell, pool, `past-${r}-${d}`);
      claim.run(`br${r}`, cell + 1, pool, `past-${r}-${d}`);
      rollup.run(pool, day, `br${r}`);
    }
  }
}

/** As many capabilities again, sold as the first are. @returns the file */
export function doubleScope(file: string): string {
  const db = new Sqlite(file);
  db.pragma('synchronous = OFF');
  const names = (db.pragma('table_info(capability)') as { name: string }[]).map(({ name }) => name);
  const values = names.map((name) => (name === 'id' ? `'x' || id` : name === 'range_max' || name === 'base_max' ? `${name} * 1.25` : name));
  db.exec(`INSERT INTO capability (${names.join(', ')}) SELECT ${values.join(', ')} FROM capability WHERE id LIKE 'bq%'`);
  db.exec(
    `INSERT INTO service_capability (service_id, capability_id) SELECT service_id, 'x' || capability_id FROM service_capability WHERE capability_id LIKE 'bq%'`,
  );
  db.close();
  return file;
}
