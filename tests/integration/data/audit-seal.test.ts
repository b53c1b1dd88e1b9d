/** Somebody who can write to the database, and even to compute every hash anew, is noticed by the nightly check. */

import { and, eq, gt, gte } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { audit, beginChain } from '#app/core/audit.server.ts';
import { openFindings } from '#app/core/audit-findings.server.ts';
import { checkAudit, checkAuditDaily } from '#app/core/audit-seal.server.ts';
import { markFindingLookedAt, viewAuditFindings } from '#app/modules/identity/audit-findings.server.ts';
import type { Queries } from '#db/queries.ts';
import { auditDay, auditLog, auditSeal } from '#db/schema/core.ts';
import { person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';

const KEY = Buffer.from('k'.repeat(32));
const DAY = 24 * 3_600_000;

async function sealed() {
  const deps = await testDeps();
  const append = (chain: string, count: number) =>
    deps.db.write(async (tx) => {
      for (let i = 0; i < count; i++)
        await audit(tx, { chain, actorId: null, action: 'order.held', data: { i, nested: { b: 1, a: [2] } } }, deps.time.now);
    });
  for (const [chain, count] of [
    ['order:a', 4],
    ['order:b', 620],
    ['person:c', 1],
  ] as const)
    await append(chain, count);
  const check = async () => {
    deps.time.now += DAY;
    return checkAudit(deps, KEY);
  };
  expect(await check()).toEqual([]);
  await append('order:a', 2);
  expect(await check()).toEqual([]);
  const change = (work: (tx: Queries) => Promise<unknown>) => deps.db.write(work);
  return { deps, append, check, change };
}

const of = (chain: string) => eq(auditLog.chain, chain);

it('growing chains are in order, day after day', async () => {
  const { check, append } = await sealed();
  await append('order:new', 3);
  expect(await check()).toEqual([]);
});

it('a changed row', async () => {
  const { check, change } = await sealed();
  await change((tx) =>
    tx
      .update(auditLog)
      .set({ data: { i: 99 } })
      .where(and(of('order:b'), eq(auditLog.position, 600))),
  );
  const found = { fault: 'broken', chain: 'order:b', position: 600 };
  expect(await check()).toEqual([found]);
  expect(await check()).toEqual([found]); // until somebody has looked
});

it('a cut tail, and one that has grown again', async () => {
  const { check, change, append } = await sealed();
  await change((tx) => tx.delete(auditLog).where(and(of('order:a'), gt(auditLog.position, 4))));
  expect(await check()).toEqual([{ fault: 'cut', chain: 'order:a', position: 5 }]);
  await append('order:a', 5);
  expect(await check()).toEqual([{ fault: 'rewritten', chain: 'order:a', position: 6 }]);
});

it('a chain written anew with right hashes', async () => {
  const { check, change, deps } = await sealed();
  await change(async (tx) => {
    await tx.delete(auditLog).where(of('order:a'));
    const deeds = Array.from({ length: 6 }, () => ({ actorId: null, action: 'order.held', data: {}, at: deps.time.now }));
    await tx.insert(auditLog).values(beginChain('order:a', deeds));
  });
  expect(await check()).toEqual([{ fault: 'rewritten', chain: 'order:a', position: 6 }]);
});

it('a removed chain, with and without its seal', async () => {
  const { check, change } = await sealed();
  await change((tx) => tx.delete(auditLog).where(of('person:c')));
  expect(await check()).toEqual([{ fault: 'removed', chain: 'person:c', position: 0 }]);
  await change((tx) => tx.delete(auditSeal).where(eq(auditSeal.chain, 'person:c')));
  expect(await check()).toEqual([{ fault: 'seals', chain: '', position: 0 }]);
});

it('seals changed to fit, days taken away, another key', async () => {
  const { check, change, deps } = await sealed();
  await change((tx) => tx.update(auditSeal).set({ position: 2 }).where(eq(auditSeal.chain, 'order:b')));
  expect(await check()).toContainEqual({ fault: 'seals', chain: '', position: 0 });
  await change(async (tx) => {
    await tx.delete(auditDay).where(gte(auditDay.day, ''));
    await tx.delete(auditSeal).where(gte(auditSeal.chain, ''));
  });
  expect(await check()).toEqual([{ fault: 'seals', chain: '', position: 0 }]);
  deps.time.now += DAY;
  expect(await checkAudit(deps, Buffer.from('x'.repeat(32)))).toEqual([{ fault: 'other_key', chain: '', position: 0 }]);
});

it('is done once a day, and not to its end when the process is going', async () => {
  const { deps } = await sealed();
  const days = () => deps.db.read((q) => q.select().from(auditDay));
  const before = (await days()).length;
  deps.time.now += DAY;
  await checkAuditDaily(deps, AbortSignal.abort());
  expect(await days()).toHaveLength(before);
  const withKey = { ...deps, settings: { ...deps.settings, auditKey: KEY.toString() } };
  await checkAuditDaily(withKey);
  await checkAuditDaily(withKey);
  expect(await days()).toHaveLength(before + 1);
});

it('left half-way it has sealed nothing, and says nothing false the next day', async () => {
  const { deps, append, check } = await sealed();
  await append('order:a', 1);
  const seals = () => deps.db.read((q) => q.select().from(auditSeal).orderBy(auditSeal.chain));
  const before = await seals();
  let asked = 0;
  // The process goes after the first slice of rows, when whole chains have been read.
  const going = {
    get aborted() {
      return ++asked > 1;
    },
  } as AbortSignal;
  deps.time.now += DAY;
  expect(await checkAudit(deps, KEY, going)).toEqual([]);
  expect(asked).toBeGreaterThan(1);
  expect(await seals()).toEqual(before);
  expect(await check()).toEqual([]);
});

const NOTE = '与备份对照：某日误删，已查明';
async function operatorOf(deps: Awaited<ReturnType<typeof testDeps>>, operator: boolean) {
  const id = `person-${operator}`;
  const row = { id, email: `${id}@example.com`, name: id, passwordHash: '', operator, createdAt: deps.time.now };
  await deps.db.write((tx) => tx.insert(person).values(row));
  return id;
}

it('what is found stands before the operator once, until somebody has looked and said what came of it', async () => {
  const { deps, check, change, append } = await sealed();
  const [operator, stranger] = [await operatorOf(deps, true), await operatorOf(deps, false)];
  const rowsOf = async () =>
    (await viewAuditFindings(deps, operatorActor(operator))).map(({ fault, chain, position }) => ({ fault, chain, position }));
  await change((tx) => tx.delete(auditLog).where(and(of('order:a'), gt(auditLog.position, 4))));
  await change((tx) => tx.delete(auditLog).where(of('person:c')));
  for (let night = 0; night < 3; night++) await check();
  expect(await rowsOf()).toEqual(
    expect.arrayContaining([
      { fault: 'cut', chain: 'order:a', position: 5 },
      { fault: 'removed', chain: 'person:c', position: 0 },
    ]),
  );
  const found = await viewAuditFindings(deps, operatorActor(operator));
  expect(found).toHaveLength(2);
  expect(found[0]?.lastAt).toBeGreaterThan(found[0]?.firstAt ?? 0);
  await expect(viewAuditFindings(deps, operatorActor(stranger))).rejects.toMatchObject({ code: 'not_found' });
  const [cut] = found.filter(({ fault }) => fault === 'cut');
  const look = (by: string, id: string, note: string) => markFindingLookedAt(deps, operatorActor(by), { id, note });
  await expect(look(stranger, cut?.id ?? '', NOTE)).rejects.toMatchObject({ code: 'not_found' });
  for (const id of ['', 'x', "' or 1=1"]) await expect(look(operator, id, NOTE)).rejects.toMatchObject({ code: 'not_found' });
  for (const note of [' ', 'x'.repeat(1001)])
    await expect(look(operator, cut?.id ?? '', note)).rejects.toMatchObject({ code: 'invalid_form' });
  const both = await Promise.allSettled([look(operator, cut?.id ?? '', NOTE), look(operator, cut?.id ?? '', NOTE)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const said = await deps.db.read((q) =>
    q
      .select()
      .from(auditLog)
      .where(and(of('audit'), eq(auditLog.action, 'audit.looked_at'))),
  );
  expect(said).toMatchObject([{ actorId: operator, data: { fault: 'cut', chain: 'order:a', position: 5, note: NOTE } }]);
  // The same the next night is known; cut once more, it is another one.
  await check();
  expect(await rowsOf()).toEqual([{ fault: 'removed', chain: 'person:c', position: 0 }]);
  await change((tx) => tx.delete(auditLog).where(and(of('order:a'), gt(auditLog.position, 2))));
  await check();
  expect(await rowsOf()).toContainEqual({ fault: 'cut', chain: 'order:a', position: 3 });
  await append('order:a', 1);
});

it('seals changed again after somebody has looked are a new finding', async () => {
  const { deps, check, change } = await sealed();
  const operator = await operatorOf(deps, true);
  const tamper = () => change((tx) => tx.update(auditSeal).set({ mac: 'x' }).where(eq(auditSeal.chain, 'order:b')));
  await tamper();
  await check();
  const [first] = await viewAuditFindings(deps, operatorActor(operator));
  await markFindingLookedAt(deps, operatorActor(operator), { id: first?.id ?? '', note: NOTE });
  expect(await deps.db.read(openFindings)).toEqual([]);
  await tamper();
  await check();
  expect(await deps.db.read(openFindings)).toMatchObject([{ fault: 'seals', lookedAt: null, note: '' }]);
});

it('what was away and is back is new', async () => {
  const { deps, check, change } = await sealed();
  const operator = await operatorOf(deps, true);
  const kept = await deps.db.read((q) => q.select().from(auditLog).where(of('person:c')));
  const remove = () => change((tx) => tx.delete(auditLog).where(of('person:c')));
  await remove();
  await check();
  const [first] = await viewAuditFindings(deps, operatorActor(operator));
  await markFindingLookedAt(deps, operatorActor(operator), { id: first?.id ?? '', note: NOTE });
  await change((tx) => tx.insert(auditLog).values(kept));
  expect(await check()).toEqual([]);
  await remove();
  await check();
  expect(await deps.db.read(openFindings)).toMatchObject([{ fault: 'removed', lookedAt: null }]);
});
