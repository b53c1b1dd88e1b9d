import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { lastingFacts } from '#app/core/lasting-facts.server.ts';
import { keepStatements } from '#db/statement-cache.ts';
import { freshDatabase } from '#tests/support/database.ts';

it('a statement is compiled once, sees what was written since, and a table that has changed', () => {
  const db = keepStatements(new Sqlite(':memory:'));
  db.exec('CREATE TABLE t (a INTEGER)');
  const read = () => db.prepare('SELECT * FROM t').all();
  expect(read()).toEqual([]);
  db.prepare('INSERT INTO t VALUES (?)').run(1);
  expect(read()).toEqual([{ a: 1 }]);
  expect(db.prepare('SELECT * FROM t')).toBe(db.prepare('SELECT * FROM t'));
  db.exec('ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 2');
  expect(read()).toEqual([{ a: 1, b: 2 }]);
  // More texts than are kept: the first is compiled anew and says the same.
  const first = db.prepare('SELECT * FROM t');
  for (let i = 0; i < 600; i++) db.prepare(`SELECT ${i}`).all();
  expect(db.prepare('SELECT * FROM t')).not.toBe(first);
  expect(read()).toEqual([{ a: 1, b: 2 }]);
  db.close();
});

it('facts that last are read once, those not there yet when they come', async () => {
  const db = await freshDatabase();
  const there = new Map([['a', 'A']]);
  const asked: string[][] = [];
  const facts = lastingFacts(async (_q, ids) => {
    asked.push([...ids]);
    return ids.flatMap((id) => (there.has(id) ? [{ id, name: there.get(id) }] : []));
  });
  const read = (...ids: string[]) => db.read(async (q) => ids.map((await facts(q, ids)).bind(null)));
  expect(await read('a', 'b')).toEqual([{ name: 'A' }, undefined]);
  there.set('b', 'B');
  expect(await read('a', 'b')).toEqual([{ name: 'A' }, { name: 'B' }]);
  expect(await read('a', 'b')).toEqual([{ name: 'A' }, { name: 'B' }]);
  expect(asked).toEqual([['a', 'b'], ['b']]);
});
