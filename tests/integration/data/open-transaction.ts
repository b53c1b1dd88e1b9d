import pg from 'pg';

/** A transaction that stays open as long as it is told to. */
export async function openTransaction(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  return {
    announce: async (ref: string, at: number) => {
      await client.query('SELECT pg_current_xact_id()');
      await client.query("INSERT INTO change_feed (kind, ref, at) VALUES ('centre', $1, $2)", [ref, at]);
    },
    end: async (how: 'COMMIT' | 'ROLLBACK') => {
      await client.query(how);
      await client.end();
    },
  };
}
