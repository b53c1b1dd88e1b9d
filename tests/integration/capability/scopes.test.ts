import { describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '#app/modules/capability/import/decisions.ts';
import { judgeImport, sheetsOf } from '#app/modules/capability/import/judge-import.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';
import { scopeFile } from '#tests/support/scopes.ts';

/**
 * Untidy scopes in the manner of real ones. `lines`: that state a capability; `passed`: titles, headings once more, footnotes. `understood`: at
 * least so many without a question, or with one; it is raised whenever more of them is read, and never lowered.
 */
const SCOPES = [
  { name: 'a2la.csv', lines: 61, passed: 26, understood: { ok: 0, review: 17 } },
  { name: 'ukas.csv', lines: 125, passed: 10, understood: { ok: 0, review: 85 } },
  { name: 'dakks.csv', lines: 111, passed: 13, understood: { ok: 2, review: 0 } },
  { name: 'cnas.xlsx', lines: 97, passed: 7, understood: { ok: 66, review: 14 } },
];

describe('an untidy scope is brought in without hands', () => {
  it.each(SCOPES)('$name', async ({ name, lines, passed, understood }) => {
    const deps = await testDeps();
    const m = await seedMarket(deps.db);
    const opened = await openImport(deps, m.manager, { name, bytes: scopeFile(name) });
    if (!('id' in opened)) throw new Error(opened.refused);
    const [stored] = await deps.db.read((q) => q.select().from(capabilityImport));
    const settings = { k: stored!.coverageFactor, field: 'general' as const };
    const { rows, passedOver } = judgeImport({ lines: stored!.lines, sheets: sheetsOf(stored!), decisions: NO_DECISIONS, settings });
    expect({ lines: rows.length, passed: passedOver }).toEqual({ lines, passed });
    const [ok, review] = ['ok', 'review'].map((status) => rows.filter((row) => row.status === status).length) as [number, number];
    expect(ok).toBeGreaterThanOrEqual(understood.ok);
    expect(ok + review).toBeGreaterThanOrEqual(understood.ok + understood.review);
  });
});
