/** Disputes and payouts that stood in columns of the order have rows of their own, and nothing of them is lost. */
import { expect, it } from 'vitest';
import { openDatabase } from '#db/open.server.ts';
import { growing, raw, statementsToFill, tablesOf, versions } from './old-database.ts';

const VERSION = versions().findIndex((tag) => tag.endsWith('disputes_and_payouts')) - 1;

it('carries over what was disputed under the id the gateway knows, and what was to be paid out', async () => {
  const database = await growing();
  for (let i = 0; i <= VERSION; i++) await database.step();
  const url = await database.copy();
  const old = await raw(url);
  await old.run(statementsToFill(tablesOf(VERSION)));
  await old.run(`
    UPDATE orders SET dispute = 'none', payout = 'none', currency = 'cny', gross = 68900, refunded = 900, updated_at = 50;
    UPDATE orders SET dispute = 'won', payout = 'pending' WHERE id = 'orders.id.0';
    UPDATE orders SET dispute = 'lost', payout = 'blocked' WHERE id = 'orders.id.1';
    INSERT INTO audit_log (chain, position, at, action, data, previous_hash, hash) VALUES
      ('order:orders.id.0', 1, 10, 'dispute.open', '{"dispute":"dp_1","state":"open"}', '', ''),
      ('order:orders.id.0', 2, 20, 'refund.requested', '{"refund":"r"}', '', ''),
      ('order:orders.id.0', 3, 30, 'dispute.won', '{"dispute":"dp_1","state":"won"}', '', '');
    INSERT INTO ledger_transaction (id, order_id, kind, cause, at) VALUES ('taken', 'orders.id.0', 'dispute', 'txn_1', 10), ('given', 'orders.id.0', 'dispute', 'txn_2', 30);
    INSERT INTO ledger_entry (transaction_id, position, account, amount, currency) VALUES
      ('taken', 0, 'gateway', -40000, 'cny'), ('taken', 1, 'receivable', 40000, 'cny'), ('given', 0, 'gateway', 40000, 'cny'), ('given', 1, 'receivable', -40000, 'cny');`);
  await old.close();

  const db = openDatabase(url);
  await db.migrate();
  await db.close();

  const today = await raw(url);
  const numbers =
    'CAST(amount AS double precision) AS amount, CAST(created_at AS double precision) AS created, CAST(updated_at AS double precision) AS updated';
  expect(await today.rows(`SELECT id, order_id, state, currency, ${numbers} FROM dispute ORDER BY order_id`)).toEqual([
    { id: 'dp_1', order_id: 'orders.id.0', state: 'won', currency: 'cny', amount: 40_000, created: 10, updated: 30 },
    { id: 'order:orders.id.1', order_id: 'orders.id.1', state: 'lost', currency: 'cny', amount: 68_900, created: 50, updated: 50 },
  ]);
  expect(await today.rows(`SELECT order_id, state, currency, ${numbers} FROM payout ORDER BY order_id`)).toEqual([
    { order_id: 'orders.id.0', state: 'pending', currency: 'cny', amount: 68_000, created: 50, updated: 50 },
    { order_id: 'orders.id.1', state: 'blocked', currency: 'cny', amount: 68_000, created: 50, updated: 50 },
  ]);
  await today.close();
});
