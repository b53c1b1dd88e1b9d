/** A workbook on the bench: what the tests of bringing in a scope begin with. */
import { eq } from 'drizzle-orm';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { correctRow } from '#app/modules/capability/import/correct-row.server.ts';
import type { RowText } from '#app/modules/capability/import/judge-row.ts';
import { KeptImports } from '#app/modules/capability/import/kept-imports.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { type ImportLook, viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { capability } from '#db/schema/capability.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

export const HEAD = ['测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度(k=2)'];

export const row = (instrument: string, range: string, u: string, method = 'JJG 21-2008', measurand = '示值误差') => [
  instrument,
  measurand,
  method,
  range,
  u,
];

export async function bench() {
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

export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code ?? String(error), error.facts?.field].filter(Boolean).join(' '),
  );
