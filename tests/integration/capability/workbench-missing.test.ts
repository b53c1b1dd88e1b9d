import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { correctRow } from '#app/modules/capability/import/correct-row.server.ts';
import { fillColumn, unfillColumn } from '#app/modules/capability/import/fill-column.server.ts';
import { leaveRows } from '#app/modules/capability/import/leave-rows.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { workbook } from '#tests/support/workbook.ts';
import { bench, HEAD, refusal, row } from './bench.ts';

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
