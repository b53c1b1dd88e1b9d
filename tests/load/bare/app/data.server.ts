import Sqlite from 'better-sqlite3';

/** The same file and the same settings as ours: WAL, synchronous=FULL. */
function open() {
  const db = new Sqlite(process.env.BARE_DATABASE ?? '');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  return {
    rows: db.prepare(
      'SELECT id, slug, name_zh AS name, summary_zh AS summary, unit_net AS price FROM service WHERE family = ? ORDER BY id LIMIT 24',
    ),
    claims: db.prepare(
      'SELECT c.resource_id AS resource, c.cell, c.holder_id AS holderId FROM claim c JOIN resource r ON r.id = c.resource_id WHERE r.pool_id = ? AND c.cell >= ? AND c.cell < ? ORDER BY c.resource_id, c.cell',
    ),
    days: db.prepare(
      'SELECT resource_id AS resource, day, open_minutes AS open, booked_minutes AS booked FROM resource_day WHERE pool_id = ? AND day >= ? AND day < ? ORDER BY resource_id, day',
    ),
    book: db.transaction((resource: string, cell: number) => {
      const taken = db.prepare('SELECT 1 FROM bare_claim WHERE resource = ? AND cell = ?').get(resource, cell);
      if (!taken) db.prepare('INSERT INTO bare_claim (resource, cell, at) VALUES (?, ?, ?)').run(resource, cell, Date.now());
      return !taken;
    }).immediate,
  };
}

const shared = globalThis as { bare?: ReturnType<typeof open> };
export const data = () => (shared.bare ??= open());
