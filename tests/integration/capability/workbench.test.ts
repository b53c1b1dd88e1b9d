import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { answerQuestion } from '#app/modules/capability/import/answer-question.server.ts';
import { answerRows } from '#app/modules/capability/import/answer-rows.server.ts';
import { changeImport } from '#app/modules/capability/import/change-import.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { correctRow, undoCorrection } from '#app/modules/capability/import/correct-row.server.ts';
import { CONFIRMED } from '#app/modules/capability/import/decisions.ts';
import { fillColumn, unfillColumn } from '#app/modules/capability/import/fill-column.server.ts';
import { leaveRows } from '#app/modules/capability/import/leave-rows.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { printRejected } from '#app/modules/capability/import/print-rejected.server.ts';
import { viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { seedMarket } from '#tests/support/market.ts';
import { bench, HEAD, refusal, row } from './bench.ts';

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
