import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { startWorkers, type WorkerOptions } from '#app/core/workers.server.ts';
import { createServices } from '#app/http/services.server.ts';
import { answerQuestion } from '#app/modules/capability/import/answer-question.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { correctRow } from '#app/modules/capability/import/correct-row.server.ts';
import { exportScope } from '#app/modules/capability/import/export-scope.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { printRejected } from '#app/modules/capability/import/print-rejected.server.ts';
import { viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';
import { lease } from '#db/schema/core.ts';
import { freshDatabaseUrl, testSettings } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const ACTOR: Actor = { personId: 'p', organisationId: 'o', organisationKind: 'centre', role: 'manager' };

function unruly(options: Partial<WorkerOptions> = {}) {
  const lines: object[] = [];
  const log = { info() {}, warn() {}, error: (facts: object) => void lines.push(facts) };
  const pool = startWorkers({ log, file: '#tests/support/unruly-worker.ts', begin: '', most: 1, ...options });
  onTestFinished(() => pool.close());
  const run = (task: string, told: unknown[] = [], actor = ACTOR, mostMs?: number) => pool.run({ task, now: 0, actor, told }, mostMs);
  return { run, lines, pool };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

describe('a worker', () => {
  it('answers from beside this one, refuses with the same problem, and says what it failed at', async () => {
    const { run } = unruly();
    const other = await run('which');
    expect(other).toBeGreaterThan(0);
    expect(other).not.toBe(process.pid);
    expect(await run('which')).toBe(other);
    await expect(run('refuse')).rejects.toMatchObject({ name: 'Problem', code: 'invalid_form', facts: { field: 'rows' } });
    await expect(run('throw')).rejects.toMatchObject({ message: 'the rules are broken', stack: 'where' });
  });

  it.each([
    ['exit', undefined],
    ['spin', 1000],
    ['fill', undefined],
  ])('that ends before its work does (%s) says so, and the next has another', async (task, mostMs) => {
    const { run, lines } = unruly({ mostMb: 64 });
    const first = await run('which');
    expect(await refusal(run(task, [], ACTOR, mostMs))).toBe('worker_failed');
    expect(lines).toHaveLength(1);
    const next = await run('which');
    expect(next).not.toBe(first);
    expect(next).toBeGreaterThan(0);
  });

  it('that ends between two pieces of work takes nothing else with it', async () => {
    const { run, lines } = unruly();
    const first = await run('fail later');
    while (lines.length === 0) await new Promise((turn) => setTimeout(turn, 5));
    expect(lines).toEqual([{ error: 'Error: Worker exited unexpectedly' }]);
    expect(await run('which')).not.toBe(first);
  });

  it('that ends within a transaction leaves nothing of it, and the database to others', async () => {
    const url = await freshDatabaseUrl();
    const db = openDatabase(url);
    onTestFinished(() => db.close());
    const { run } = unruly({ begin: url });
    await run('which');
    expect(await refusal(run('write and spin', [], ACTOR, 3000))).toBe('worker_failed');
    await db.write((tx) => tx.insert(lease).values({ name: 'whole', owner: 'main', until: 1 }));
    expect(await db.read((q) => q.select({ name: lease.name }).from(lease))).toEqual([{ name: 'whole' }]);
  });

  it('works for one organisation only so much at once, and for others meanwhile', async () => {
    const { run } = unruly();
    const own = Array.from({ length: 6 }, () => run('wait', [50]));
    expect(await refusal(run('which'))).toBe('workers_full');
    const other = run('which', [], { ...ACTOR, organisationId: 'other' });
    expect(await Promise.all(own)).toEqual(Array(6).fill('waited'));
    expect(await other).toBeGreaterThan(0);
    expect(await run('which')).toBeGreaterThan(0);
  });

  it('takes no work any more once the process goes', async () => {
    const { run, pool } = unruly();
    await run('which');
    await pool.close();
    expect(await refusal(run('which'))).toBe('workers_full');
  });
});

const HEAD = '测量仪器名称\t被测量\t规范名称及代号\t测量范围\t扩展不确定度(k=2)';
const LINES = [
  ...Array.from({ length: 700 }, (_, i) => `仪器${i}\t示值误差\tJJG 21-2008\t不知道\tU=1 μm`),
  ...['甲', '乙'].map((name) => `${name}\t示值误差\tJJG 21-2008\t≤25 mm\tU=1 μm`),
  '丙\t示值误差\tJJG 21-2008\t(0~25) mm\tU=1 μm',
];
const WORDS = { sheet: 'sheet', line: 'line', result: 'result', reasons: 'reasons', resultOf: () => 'no', reasonsOf: () => 'why' };

describe('an import', () => {
  it('is the same in workers and here, from the file to the scope', async () => {
    const settings = { ...testSettings(), databaseUrl: await freshDatabaseUrl() };
    const services = await createServices(settings);
    onTestFinished(() => services.close());
    const { manager, centreId } = await seedMarket(services.db);
    const here = { db: services.db, clock: services.clock };
    const opened = await openImport(services, manager, { name: 'scope.tsv', bytes: Buffer.from([HEAD, ...LINES].join('\n')) });
    if (!('id' in opened)) throw new Error(opened.refused);
    const { id } = opened;
    const look = { filter: 'all', page: 15 } as const;
    const both = async () => {
      const view = await viewImport(services, manager, id, look);
      expect(view).toEqual(await viewImport(here, manager, id, look));
      return view;
    };
    const first = await both();
    expect(first.counts).toMatchObject({ all: 703, ok: 1, review: 2, reject: 700 });
    expect(await refusal(answerQuestion(services, manager, id, 'none', 'yes'))).toBe('invalid_form');
    await answerQuestion(services, manager, id, first.questions[0]!.key, 'yes');
    expect((await both()).counts).toMatchObject({ ok: 3, review: 0 });
    // What another process decides is seen: the worker remembers, but by the revision.
    const key = '0:2';
    const open = await viewImport(here, manager, id, { ...look, page: 1, open: key });
    const shown = open.rows.find((row) => row.key === key)?.opened?.mark ?? '';
    await correctRow(here, manager, id, { row: key, text: { range: '(0~50) mm' }, shown });
    const { counts, outcome } = await both();
    expect(counts).toMatchObject({ ok: 4, reject: 699 });
    const rest = await printRejected(services, manager, id, WORDS);
    expect(rest).toEqual(await printRejected(here, manager, id, WORDS));
    expect(rest?.csv.trim().split('\n')).toHaveLength(700);
    expect(await refusal(confirmImport(services, manager, id, { remove: false, shown: 'other' }))).toBe('stale');
    const done = await confirmImport(services, manager, id, { remove: false, shown: outcome.signature });
    expect(done).toMatchObject({ added: 4, changed: 0, removed: 0 });
    expect(await services.db.read((q) => q.select().from(capability).where(eq(capability.centreId, centreId)))).toHaveLength(4 + done.same);
    expect(await services.db.read((q) => q.select().from(capabilityImport))).toEqual([]);
    expect(await exportScope(services, manager)).toEqual(await exportScope(here, manager));
    expect(await refusal(viewImport(services, manager, id, look))).toBe('not_found');
  });

  it('that cannot be read is refused with its line, as here', async () => {
    const services = await createServices({ ...testSettings(), databaseUrl: await freshDatabaseUrl() });
    onTestFinished(() => services.close());
    const { manager } = await seedMarket(services.db);
    for (const bytes of [Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]), Buffer.from('%PDF-1.7'), Buffer.from('a,b\n'.repeat(20_100))])
      expect(await openImport(services, manager, { name: 'x', bytes })).toEqual(
        await openImport({ db: services.db, clock: services.clock }, manager, { name: 'x', bytes }),
      );
  });
});
