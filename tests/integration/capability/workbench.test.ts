import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { answerQuestion } from '#app/modules/capability/import/answer-question.server.ts';
import { answerRows } from '#app/modules/capability/import/answer-rows.server.ts';
import { changeImport } from '#app/modules/capability/import/change-import.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { correctRow, undoCorrection } from '#app/modules/capability/import/correct-row.server.ts';
import { CONFIRMED } from '#app/modules/capability/import/decisions.ts';
import { fillColumn, unfillColumn } from '#app/modules/capability/import/fill-column.server.ts';
import type { RowText } from '#app/modules/capability/import/judge-row.ts';
import { KeptImports } from '#app/modules/capability/import/kept-imports.server.ts';
import { leaveRows } from '#app/modules/capability/import/leave-rows.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { printRejected } from '#app/modules/capability/import/print-rejected.server.ts';
import { type ImportLook, viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { removeAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';
import { accreditation } from '#db/schema/centres.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';
import { workbook } from '#tests/support/workbook.ts';

const HEAD = ['测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度(k=2)'];
const row = (instrument: string, range: string, u: string, method = 'JJG 21-2008', measurand = '示值误差') => [
  instrument,
  measurand,
  method,
  range,
  u,
];

async function bench() {
  const deps = { ...(await testDeps()), imports: new KeptImports() };
  const m = await seedMarket(deps.db);
  const bring = async (...rows: string[][]) => {
    const opened = await openImport(deps, m.manager, { pasted: [HEAD, ...rows].map((cells) => cells.join('\t')).join('\n') });
    if (!('id' in opened)) throw new Error(opened.refused);
    return opened.id;
  };
  const view = (id: string, look: Partial<ImportLook> = {}) => viewImport(deps, m.manager, id, { filter: 'all', page: 1, ...look });
  const store = async (id: string, remove = false) =>
    confirmImport(deps, m.manager, id, { remove, shown: (await view(id)).outcome.signature });
  const states = async (id: string) => Object.fromEntries((await view(id)).rows.map(({ line, state }) => [line, state]));
  const markOf = async (id: string, key: string) => (await view(id, { open: key })).rows.find((one) => one.key === key)?.opened?.mark ?? '';
  const correct = async (id: string, key: string, text: RowText) =>
    correctRow(deps, m.manager, id, { row: key, text, shown: await markOf(id, key) });
  const scope = () => deps.db.read((q) => q.select().from(capability).where(eq(capability.centreId, m.centreId)));
  return { deps, m, bring, view, store, states, markOf, correct, scope };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code ?? String(error), error.facts?.field].filter(Boolean).join(' '),
  );

describe('questions', () => {
  it('are asked once for all rows, answered for all, taken back, and answered row by row', async () => {
    const { deps, m, bring, view, states } = await bench();
    const id = await bring(row('甲', '≤25 mm', 'U=1 μm'), row('乙', '≤50 mm', 'U=1 μm'), row('丙', '(0~25) mm', 'U=1 μm'));
    const [question, ...others] = (await view(id)).questions;
    expect(others).toEqual([]);
    expect(question).toMatchObject({ plain: true, open: 2, decided: [] });
    expect(question?.examples.map(({ row: { line } }) => line)).toEqual([2, 3]);
    const { key } = question!;
    await answerQuestion(deps, m.manager, id, key, CONFIRMED);
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'ok', 4: 'ok' });
    expect((await view(id)).questions).toMatchObject([{ key, open: 0, decided: [{ answer: CONFIRMED, rows: 2 }] }]);
    await answerQuestion(deps, m.manager, id, key, null);
    expect(await states(id)).toEqual({ 2: 'review', 3: 'review', 4: 'ok' });
    await answerRows(deps, m.manager, id, key, new Map([['0:3', CONFIRMED]]));
    expect(await states(id)).toEqual({ 2: 'review', 3: 'ok', 4: 'ok' });
    expect((await view(id, { question: key })).rows.map(({ line }) => line)).toEqual([2, 3]);
    await answerRows(deps, m.manager, id, key, new Map([['0:3', null]]));
    expect(await states(id)).toEqual({ 2: 'review', 3: 'review', 4: 'ok' });
  });

  it('a confirmation is of the rows that were shown: others that come to raise it later ask again', async () => {
    const { deps, m, bring, view, states, correct } = await bench();
    const id = await bring(row('甲', '≤25 mm', 'U=1 μm'), row('乙', '(0~50) mm', 'U=1 μm'));
    const [question] = (await view(id)).questions;
    await answerQuestion(deps, m.manager, id, question!.key, CONFIRMED);
    await correct(id, '0:3', { range: '≤60 mm' });
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'review' });
    // Corrected again, it is another text than was confirmed.
    await answerQuestion(deps, m.manager, id, question!.key, CONFIRMED);
    await correct(id, '0:3', { range: '≤70 mm' });
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'review' });
    // Columns that mean something else are other texts too.
    const columns = ['instrument', 'measurand', 'method', 'range', 'uncertainty'];
    const change = { sheets: [{ read: true, columns, headingsLine: 1 }], k: 2, field: 'general', accreditationId: null };
    await changeImport(deps, m.manager, id, change);
    expect((await states(id))[2]).toBe('ok');
    await changeImport(deps, m.manager, id, { ...change, sheets: [{ read: true, columns: columns.with(1, 'skip'), headingsLine: 1 }] });
    expect((await states(id))[2]).toBe('review');
  });

  it('rows that wait for an answer are not stored, and nothing else is lost', async () => {
    const { bring, view, store, scope } = await bench();
    const id = await bring(row('甲', '≤25 mm', 'U=1 μm'), row('乙', '(0~50) mm', 'U=1 μm'), row('丙', '(0~50) mm', 'see table'));
    expect(await view(id)).toMatchObject({ counts: { ok: 1, review: 1, reject: 1, added: 1 }, outcome: { whole: { untaken: 2 } } });
    expect(await store(id)).toMatchObject({ added: 1 });
    expect((await scope()).map(({ instrumentZh }) => instrumentZh)).toEqual(['乙']);
  });
});

describe('a row that is corrected where it stands', () => {
  it('is read as typed, and as the file has it again', async () => {
    const { deps, m, bring, view, states, correct, store, scope } = await bench();
    const id = await bring(row('甲', '(0~25) mm', 'U=1,,0'), row('乙', '(0~50) mm', 'U=1 μm'));
    expect(await states(id)).toEqual({ 2: 'reject', 3: 'ok' });
    expect(await correct(id, '0:2', { uncertainty: 'U=1.0' })).toMatchObject({
      judged: { status: 'reject' },
      text: { uncertainty: 'U=1.0', range: '(0~25) mm' },
    });
    expect((await view(id)).rows[0]).toMatchObject({ corrected: false, text: { uncertainty: 'U=1,,0' } });
    expect(await correct(id, '0:2', { uncertainty: 'U=1.0 μm', range: '(0~25) mm' })).toEqual({ stored: true });
    expect((await view(id)).rows[0]).toMatchObject({ state: 'ok', corrected: true });
    await undoCorrection(deps, m.manager, id, '0:2');
    expect(await states(id)).toEqual({ 2: 'reject', 3: 'ok' });
    await correct(id, '0:2', { uncertainty: 'U=1.0 μm' });
    await store(id);
    expect((await scope()).map(({ uncertaintyText }) => uncertaintyText).sort()).toEqual(['U=1 μm', 'U=1.0 μm']);
  });

  it('changes rows below only where its own cell stood for them', async () => {
    const { bring, view, correct } = await bench();
    const id = await bring(
      row('甲', '(0~25) mm', 'U=1 μm'),
      row('', '(25~50) mm', 'U=1 μm', '', ''),
      row('', '(50~75) mm', 'U=1 μm', '', ''),
    );
    const names = async () => (await view(id)).rows.map(({ text }) => text.instrument);
    await correct(id, '0:3', { instrument: '丁' });
    expect(await names()).toEqual(['甲', '丁', '甲']);
    await correct(id, '0:2', { instrument: '乙' });
    expect(await names()).toEqual(['乙', '丁', '乙']);
  });

  it('is not written over by who did not see it', async () => {
    const { deps, m, bring, view, markOf } = await bench();
    const id = await bring(row('甲', '(0~25) mm', 'U=1'));
    const shown = await markOf(id, '0:2');
    await correctRow(deps, m.manager, id, { row: '0:2', text: { uncertainty: 'U=1 μm' }, shown });
    expect(await refusal(correctRow(deps, m.manager, id, { row: '0:2', text: { uncertainty: 'U=2 μm' }, shown }))).toBe('stale');
    expect((await view(id)).rows[0]?.text.uncertainty).toBe('U=1 μm');
  });

  it('is left out on purpose and taken in again; what is left out contradicts nobody', async () => {
    const { deps, m, bring, view, states, store, scope } = await bench();
    const id = await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('甲', '(0~25) mm', 'U=2 μm'));
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'review' });
    await leaveRows(deps, m.manager, id, ['0:2'], true);
    expect(await states(id)).toEqual({ 2: 'left', 3: 'ok' });
    await leaveRows(deps, m.manager, id, ['0:2'], false);
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'review' });
    await leaveRows(deps, m.manager, id, ['0:2'], true);
    expect(await view(id)).toMatchObject({ counts: { left: 1, added: 1 } });
    await store(id);
    expect((await scope()).map(({ uncertaintyText }) => uncertaintyText)).toEqual(['U=2 μm']);
  });
});

describe('a text for many rows', () => {
  const without = (instrument: string, range: string) => row(instrument, range, 'U=1 μm', '');
  it('is said for the file, a section, chosen rows; what is said last of a row holds, and each is taken back', async () => {
    const { deps, m, bring, view, states } = await bench();
    const id = await bring(
      ['一、长度', '', '', '', ''],
      without('甲', '(0~25) mm'),
      ['二、角度', '', '', '', ''],
      without('乙', '(0~9) mm'),
      without('丙', '(0~9) mm'),
    );
    const methods = async () => (await view(id)).rows.map(({ text }) => text.method ?? '');
    expect((await view(id)).fillable.sections.map(({ name, rows }) => [name, rows])).toEqual([
      ['一、长度', ['0:3']],
      ['二、角度', ['0:5', '0:6']],
    ]);
    await fillColumn(deps, m.manager, id, { column: 'method', value: 'JJF 1', where: { section: '0:4' } });
    expect(await methods()).toEqual(['', 'JJF 1', 'JJF 1']);
    await fillColumn(deps, m.manager, id, { column: 'method', value: 'JJF 2', where: 'all' });
    expect(await methods()).toEqual(['JJF 2', 'JJF 1', 'JJF 1']);
    await fillColumn(deps, m.manager, id, { column: 'method', value: 'JJF 3', where: { rows: ['0:6'] } });
    expect(await methods()).toEqual(['JJF 2', 'JJF 1', 'JJF 3']);
    expect(await states(id)).toEqual({ 3: 'ok', 5: 'ok', 6: 'ok' });
    const { fills } = await view(id);
    expect(fills).toEqual([
      { column: 'method', value: 'JJF 3', rows: 1 },
      { column: 'method', value: 'JJF 1', rows: 1 },
      { column: 'method', value: 'JJF 2', rows: null },
    ]);
    expect(await refusal(unfillColumn(deps, m.manager, id, 0, { column: 'method', value: 'JJF 1' }))).toBe('stale');
    await unfillColumn(deps, m.manager, id, 2, { column: 'method', value: 'JJF 2' });
    expect(await methods()).toEqual(['', 'JJF 1', 'JJF 3']);
    await fillColumn(deps, m.manager, id, { column: 'method', value: 'JJF 4', where: { sheet: 0 } });
    expect(await methods()).toEqual(['JJF 4', 'JJF 4', 'JJF 4']);
  });
});

describe('what the file does not have', () => {
  const scopeOf = (...rows: string[][]) => rows;
  const FIRST = scopeOf(row('甲', '(0~25) mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm'), row('丙', '(0~25) mm', 'U=1 μm'));

  it('is removed only where the whole file was taken', async () => {
    const { deps, m, bring, view, store, scope } = await bench();
    await store(await bring(...FIRST));
    const id = await bring(FIRST[0]!, row('乙', '(0~25) mm', 'U=1'));
    // 乙 is in the file, though it was not understood.
    expect(await view(id)).toMatchObject({
      counts: { same: 1, missing: 1 },
      outcome: { waiting: 1, mayRemove: false, whole: { untaken: 1 } },
    });
    expect((await view(id, { filter: 'missing' })).missing.map(({ instrumentZh }) => instrumentZh)).toEqual(['丙']);
    const shown = (await view(id)).outcome.signature;
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: true, shown }))).toBe('invalid_form remove');
    expect(await scope()).toHaveLength(3);
    await correctRow(deps, m.manager, id, {
      row: '0:3',
      text: { uncertainty: 'U=1 μm' },
      shown: (await view(id, { open: '0:3' })).rows[1]!.opened!.mark,
    });
    expect(await view(id)).toMatchObject({ counts: { same: 2, missing: 1 }, outcome: { waiting: 0, mayRemove: true } });
    expect(await store(id, true)).toEqual({ added: 0, changed: 0, removed: 1, same: 2 });
  });

  it('is not removed while a sheet is too long to be read', async () => {
    const { deps, m, bring, view, store } = await bench();
    await store(await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('乙', '(0~50) mm', 'U=1 μm')));
    const long = { name: '明细', rows: Array.from({ length: 20_049 }, () => ['x']) };
    const bytes = workbook([{ name: '能力', rows: [HEAD, row('甲', '(0~25) mm', 'U=1 μm')] }, long]);
    const opened = await openImport(deps, m.manager, { name: 'a.xlsx', bytes });
    if (!('id' in opened)) throw new Error(opened.refused);
    const { counts, outcome } = await view(opened.id);
    expect([counts.same, counts.missing, outcome.mayRemove, outcome.whole.unread]).toEqual([1, 1, false, [1]]);
    expect(await refusal(store(opened.id, true))).toBe('invalid_form remove');
  }, 60_000);

  it('is not removed while a sheet is not read', async () => {
    const { deps, bring, view, store } = await bench();
    await store(await bring(...FIRST));
    const id = await bring(...FIRST.slice(0, 2));
    await deps.db.write(async (tx) => {
      const [found] = await tx.select().from(capabilityImport).where(eq(capabilityImport.id, id));
      const [sheet] = found!.sheets as { read: boolean; mapping: unknown }[];
      await tx
        .update(capabilityImport)
        .set({
          revision: 2,
          sheets: [
            { ...sheet, name: '长度' },
            { ...sheet, name: '角度', read: false },
          ],
          lines: [...found!.lines, { line: 1, cells: ['乙'], sheet: 1 }],
        })
        .where(eq(capabilityImport.id, id));
    });
    expect(await view(id)).toMatchObject({ counts: { missing: 1 }, outcome: { mayRemove: false, whole: { unread: [1] } } });
  });

  it('rows left out or waiting stay as they are in the scope', async () => {
    const { deps, m, bring, view, store, scope } = await bench();
    await store(await bring(...FIRST));
    const id = await bring(...FIRST.map((cells) => cells.with(4, 'U=3 μm')));
    await leaveRows(deps, m.manager, id, ['0:3'], true);
    expect(await view(id)).toMatchObject({ counts: { changed: 2, left: 1, missing: 0 }, outcome: { waiting: 1, mayRemove: false } });
    await store(id);
    expect((await scope()).map((one) => `${one.instrumentZh} ${one.uncertaintyText}`).sort()).toEqual([
      '丙 U=3 μm',
      '乙 U=1 μm',
      '甲 U=3 μm',
    ]);
  });
});

describe('what is stored is what was shown', () => {
  it('not when an answer, a correction or the scope changed between, though the numbers are the same', async () => {
    const { deps, m, bring, view, store, correct } = await bench();
    await store(await bring(row('甲', '(0~25) mm', 'U=1 μm')));
    const id = await bring(row('甲', '(0~25) mm', 'U=2 μm'));
    const { counts, outcome } = await view(id);
    await correct(id, '0:2', { uncertainty: 'U=3 μm' });
    expect((await view(id)).counts).toEqual(counts);
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown: outcome.signature }))).toBe('stale');
    const shown = (await view(id)).outcome.signature;
    const other = await bring(row('甲', '(0~25) mm', 'U=4 μm'));
    await store(other);
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown }))).toBe('stale');
    // Nothing of the decisions is lost.
    expect((await view(id)).rows[0]).toMatchObject({
      corrected: true,
      text: { uncertainty: 'U=3 μm' },
      changes: [{ before: { uncertaintyText: 'U=4 μm' } }],
    });
  });

  it('is stored once, by whichever of two browsers came first; what is decided meanwhile is in it or the storing is refused', async () => {
    const { deps, m, bring, view, scope, states } = await bench();
    const elsewhere = { ...deps, imports: new KeptImports() };
    for (let round = 0; round < 5; round++) {
      const before = (await scope()).length;
      const id = await bring(row(`甲${round}`, '(0~25) mm', 'U=1 μm'), row(`乙${round}`, '(0~50) mm', 'U=1 μm'));
      const { signature: shown } = (await view(id)).outcome;
      const both = await Promise.all([
        ...[deps, elsewhere, deps].map((one) => refusal(confirmImport(one, m.manager, id, { remove: false, shown }))),
      ]);
      expect(both.sort()).toEqual(['none', 'not_found', 'not_found']);
      expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown }))).toBe('not_found');
      expect((await scope()).length).toBe(before + 2);
      const next = await bring(row(`丙${round}`, '(0~25) mm', 'U=1 μm'), row(`丁${round}`, '(0~50) mm', 'U=1 μm'));
      const signature = (await view(next)).outcome.signature;
      const [left, stored] = await Promise.all([
        refusal(leaveRows(elsewhere, m.manager, next, ['0:3'], true)),
        refusal(confirmImport(deps, m.manager, next, { remove: false, shown: signature })),
      ]);
      // Either the storing came first and there is nothing to decide on any more, or it was refused.
      expect([`${left} ${stored}`]).toEqual([expect.stringMatching(/^(?:not_found none|none stale)$/)]);
      expect((await scope()).length).toBe(before + (stored === 'none' ? 4 : 2));
      if (stored === 'stale') expect(await states(next)).toEqual({ 2: 'ok', 3: 'left' });
    }
  });

  it('two people’s decisions are both kept, and a second process sees the first one’s', async () => {
    const { deps, m, bring, states } = await bench();
    const id = await bring(row('甲', '≤25 mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm'));
    const elsewhere = { ...deps, imports: new KeptImports() };
    await viewImport(elsewhere, m.manager, id, { filter: 'all', page: 1 });
    await Promise.all([
      leaveRows(deps, m.manager, id, ['0:3'], true),
      answerRows(elsewhere, m.manager, id, 'lower_bound_assumed|range', new Map([['0:2', CONFIRMED]])),
    ]);
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'left' });
  });

  it('under an accreditation that was taken away meanwhile, nothing is stored before somebody has seen it', async () => {
    const { deps, m, bring, view, scope } = await bench();
    const at = deps.clock();
    const held = {
      id: newId(),
      centreId: m.centreId,
      kind: 'CNAS' as const,
      number: 'L1',
      scope: '',
      validFrom: at - 1,
      validUntil: at + 1e9,
    };
    await deps.db.write(async (tx) => {
      await tx.insert(accreditation).values(held);
    });
    const id = await bring(row('甲', '(0~25) mm', 'U=1 μm'));
    await changeImport(deps, m.manager, id, { sheets: [], k: 2, field: 'dimensional', accreditationId: held.id });
    const { signature: shown } = (await view(id)).outcome;
    await removeAccreditation(deps, m.manager, held.id);
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown }))).toBe('stale');
    const now = await view(id);
    expect([now.accreditationId, now.accreditations]).toEqual([null, []]);
    await confirmImport(deps, m.manager, id, { remove: false, shown: now.outcome.signature });
    expect(await scope()).toMatchObject([{ instrumentZh: '甲', accreditationId: null }]);
  });

  it('an accreditation is never presumed; rows under one keep it, and one that is chosen is shown as a change', async () => {
    const { deps, m, bring, view, store, scope } = await bench();
    const held = { id: newId(), centreId: m.centreId, kind: 'CNAS' as const, number: 'L0001', validFrom: 0, validUntil: 9e12 };
    await deps.db.write(async (tx) => {
      await tx.insert(accreditation).values(held);
    });
    const id = await bring(row('甲', '(0~25) mm', 'U=1 μm'));
    expect((await view(id)).accreditationId).toBeNull();
    await store(id);
    expect(await scope()).toMatchObject([{ accreditationId: null }]);
    const under = await bring(row('甲', '(0~25) mm', 'U=1 μm'));
    expect((await view(under)).counts).toMatchObject({ same: 1 });
    await changeImport(deps, m.manager, under, { sheets: [], k: 2, field: 'general', accreditationId: held.id });
    expect((await view(under)).accreditations).toMatchObject([{ number: 'L0001', step: 'no_certificate', coming: false }]);
    await deps.db.write(async (tx) => {
      await tx.update(accreditation).set({ checkState: 'accepted' });
    });
    expect((await view(under)).accreditations).toMatchObject([{ number: 'L0001', step: 'accepted' }]);
    expect((await view(under, { filter: 'changed' })).rows[0]?.changes).toMatchObject([
      { before: { accreditationId: null }, values: { accreditationId: held.id } },
    ]);
    await store(under);
    const again = await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm'));
    expect((await view(again)).counts).toMatchObject({ same: 1, added: 1 });
    await store(again);
    expect((await scope()).map(({ accreditationId }) => accreditationId).sort()).toEqual([held.id, null]);
  });
});

it('an import from before sheets and decisions were kept is worked on; what else a workbook had is not known', async () => {
  const { deps, m, bring, view, store, states, correct } = await bench();
  await store(await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm')));
  const id = await bring(row('甲', '(0~25) mm', 'U=1'));
  await deps.db.write(async (tx) => {
    await tx.update(capabilityImport).set({ sheets: [], decisions: {}, encoding: 'xlsx', revision: 2 }).where(eq(capabilityImport.id, id));
  });
  expect(await states(id)).toEqual({ 2: 'reject' });
  await correct(id, '0:2', { uncertainty: 'U=1 μm' });
  expect(await view(id)).toMatchObject({ counts: { same: 1, missing: 1 }, outcome: { mayRemove: false, whole: { unknown: true } } });
  await changeImport(deps, m.manager, id, { sheets: [], k: 2, field: 'general', accreditationId: null });
  expect((await view(id)).outcome.mayRemove).toBe(false);
});

describe('the rest as a file', () => {
  const WORDS = {
    sheet: '工作表',
    line: '行号',
    result: '结果',
    reasons: '原因',
    resultOf: ({ state }: { state: string }) => state,
    reasonsOf: () => '=1+1',
  };
  it('has the columns, the line and the reasons; corrected, it is brought again', async () => {
    const { deps, m, bring, view } = await bench();
    const id = await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('', '(25~50) mm', '=U', '', ''), row('乙', '(0~25) mm', 'U=1'));
    await leaveRows(deps, m.manager, id, ['0:2'], true);
    const rest = await printRejected(deps, m.manager, id, WORDS);
    expect(rest?.csv.split('\r\n')).toEqual([
      `\ufeff${[...HEAD, '行号', '结果', '原因'].join(',')}`,
      "甲,示值误差,JJG 21-2008,(0~25) mm,U=1 μm,2,left,'=1+1",
      "甲,示值误差,JJG 21-2008,(25~50) mm,'=U,3,reject,'=1+1",
      "乙,示值误差,JJG 21-2008,(0~25) mm,U=1,4,reject,'=1+1",
      '',
    ]);
    const again = await openImport(deps, m.manager, { name: rest!.name, bytes: Buffer.from(rest!.csv.replace('U=1,4', 'U=1 μm,4')) });
    expect((await view('id' in again ? again.id : '')).rows.map(({ state, text }) => [state, text.uncertainty])).toEqual([
      ['ok', 'U=1 μm'],
      ['reject', '=U'],
      ['ok', 'U=1 μm'],
    ]);
  });

  it('is none where every row was taken', async () => {
    const { deps, m, bring } = await bench();
    expect(await printRejected(deps, m.manager, await bring(row('甲', '(0~25) mm', 'U=1 μm')), WORDS)).toBeNull();
  });
});

it('wrong input is refused with what is wrong, and changes nothing', async () => {
  const { deps, m, bring, view } = await bench();
  const stranger = await seedMarket(deps.db);
  const [id, other] = [await bring(row('甲', '≤25 mm', 'U=1 μm', '')), await bring(row('乙', '≤25 mm', 'U=1 μm'))];
  const question = 'lower_bound_assumed|range';
  const before = await view(id);
  const all: [string, (who: typeof m.manager, id: string) => Promise<unknown>][] = [
    ['none', (who, one) => answerQuestion(deps, who, one, 'constructor', null)],
    ['invalid_form question', (who, one) => answerQuestion(deps, who, one, 'constructor', CONFIRMED)],
    ['invalid_form question', (who, one) => answerQuestion(deps, who, one, 'percent_of|N', CONFIRMED)],
    ['invalid_form answer', (who, one) => answerQuestion(deps, who, one, question, 'reading')],
    ['invalid_form answer', (who, one) => answerQuestion(deps, who, one, question, '')],
    ['invalid_form rows', (who, one) => answerRows(deps, who, one, question, new Map([['0:99', CONFIRMED]]))],
    ['invalid_form rows', (who, one) => answerRows(deps, who, one, '__proto__', new Map([['0:2', CONFIRMED]]))],
    ['invalid_form answer', (who, one) => answerRows(deps, who, one, question, new Map([['0:2', 'no']]))],
    ['invalid_form rows', (who, one) => leaveRows(deps, who, one, [], true)],
    ['invalid_form rows', (who, one) => leaveRows(deps, who, one, ['0:2', '1:2'], true)],
    ['invalid_form column', (who, one) => fillColumn(deps, who, one, { column: 'uncertainty', value: 'U=1 μm', where: 'all' })],
    ['invalid_form column', (who, one) => fillColumn(deps, who, one, { column: 'constructor', value: 'x', where: 'all' })],
    ['invalid_form value', (who, one) => fillColumn(deps, who, one, { column: 'method', value: ' ', where: 'all' })],
    ['invalid_form value', (who, one) => fillColumn(deps, who, one, { column: 'method', value: 'x'.repeat(121), where: 'all' })],
    ['invalid_form value', (who, one) => fillColumn(deps, who, one, { column: 'method', value: 'a\u0000b', where: 'all' })],
    ['invalid_form value', (who, one) => fillColumn(deps, who, one, { column: 'field', value: '炼金术', where: 'all' })],
    ['invalid_form rows', (who, one) => fillColumn(deps, who, one, { column: 'method', value: 'x', where: { section: '0:9' } })],
    ['invalid_form rows', (who, one) => fillColumn(deps, who, one, { column: 'method', value: 'x', where: { rows: ['9:9'] } })],
    ['invalid_form rows', (who, one) => fillColumn(deps, who, one, { column: 'method', value: 'x', where: { sheet: 3 } })],
    ['stale', (who, one) => unfillColumn(deps, who, one, 0, { column: 'method', value: 'x' })],
    ['invalid_form rows', (who, one) => correctRow(deps, who, one, { row: '0:99', text: {}, shown: '' })],
    ['stale', (who, one) => correctRow(deps, who, one, { row: '0:2', text: { range: '1 mm' }, shown: 'x' })],
    ['invalid_form rows', (who, one) => undoCorrection(deps, who, one, 'constructor')],
    ['stale', (who, one) => confirmImport(deps, who, one, { remove: false, shown: '' })],
  ];
  for (const [code, work] of all) {
    expect(await refusal(work(m.manager, id))).toBe(code);
    expect(await refusal(work(m.technician, id))).toBe('forbidden');
    expect(await refusal(work(stranger.manager, id))).toBe('not_found');
    expect(await refusal(work(m.manager, newId()))).toBe('not_found');
  }
  const { rows, outcome } = await view(id);
  expect({ rows, outcome }).toEqual({ rows: before.rows, outcome: before.outcome });
  // Too long to be a cell, and letters no text has: back with the reason, not stored.
  for (const text of ['9'.repeat(5000), 'a\u0000b', 'a\u202eb']) {
    const shown = (await view(id, { open: '0:2' })).rows[0]!.opened!.mark;
    expect(await correctRow(deps, m.manager, id, { row: '0:2', text: { range: text }, shown })).toMatchObject({
      judged: { status: 'reject' },
    });
  }
  expect((await view(id)).rows).toEqual(before.rows);
  expect(await refusal(viewImport(deps, m.technician, id, { filter: 'all', page: 1 }))).toBe('forbidden');
  expect(await refusal(viewImport(deps, stranger.manager, other, { filter: 'all', page: 1 }))).toBe('not_found');
  // Pages beyond the end, and rows and questions that are none, show what there is.
  expect(await view(id, { page: 99, open: 'constructor' })).toMatchObject({ page: 1, rows: [{ line: 2 }] });
  expect((await view(id, { question: 'constructor' })).rows).toEqual([]);
});
