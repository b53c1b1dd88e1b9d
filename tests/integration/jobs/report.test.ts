import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderStore } from '#app/core/files.server.ts';
import { readReport } from '#app/modules/jobs/read-report.server.ts';
import { MOST_REPORT_MB, reportOrder } from '#app/modules/jobs/report-order.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { fileUse, storedFile } from '#db/schema/core.ts';
import { seedMarket } from '#tests/support/market.ts';
import { market, refusal } from '../orders/life-market.ts';

const folder = mkdtempSync(join(tmpdir(), 'hengji-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PDF = new Uint8Array(Buffer.from('%PDF-1.7\n报告'));
const document = (bytes: Uint8Array = PDF) => ({ name: '证书 1.pdf', bytes });

async function working() {
  const all = await market();
  const deps = { ...all.deps, files: folderStore(folder) };
  const { id, number } = await all.hold();
  await all.pay(id);
  await all.advance(number, 'receive');
  await all.advance(number, 'begin');
  const view = (actor = all.m.technician) => viewOrder(deps, actor, number);
  const report = async (input: Partial<Parameters<typeof reportOrder>[2]> = {}, actor = all.m.technician) =>
    reportOrder(deps, actor, { number, version: (await view()).version, confirmed: true, document: null, ...input });
  return { ...all, deps, number, view, report };
}

describe('a report given out', () => {
  it('is confirmed first, comes with its document, and is taken by the buyer', async () => {
    const { deps, m, buyer, other, number, view, report, mails } = await working();
    expect(await refusal(report({ confirmed: false, document: document() }))).toBe('invalid_form');
    expect(await view()).toMatchObject({ progress: 'in_service', reports: [] });
    expect(await report({ document: document() })).toBe('reported');
    const { reports, progress, events } = await view(buyer);
    expect(progress).toBe('reported');
    expect(reports).toMatchObject([{ name: '证书 1.pdf', size: PDF.length, person: expect.any(String) }]);
    expect(events.at(-1)?.actor).toBe(reports[0]?.person);
    const file = reports[0]?.id ?? '';
    expect((await readReport(deps, buyer, { number, file })).bytes).toEqual(Buffer.from(PDF));
    expect((await readReport(deps, m.technician, { number, file })).type).toBe('application/pdf');
    const stranger = await seedMarket(deps.db);
    for (const who of [other, stranger.manager]) expect(await refusal(readReport(deps, who, { number, file }))).toBe('not_found');
    expect(await refusal(readReport(deps, buyer, { number, file: 'another' }))).toBe('not_found');
    expect((await mails()).filter((kind) => kind === 'order_progress').length).toBeGreaterThan(0);
    expect(await deps.db.read((q) => q.$count(fileUse))).toBe(1);
  });

  it('may come later, more than one, and not for nothing', async () => {
    const { view, report, buyer, number, advance } = await working();
    expect(await report()).toBe('reported');
    expect(await refusal(report())).toBe('invalid_form');
    expect(await report({ document: document() })).toBe('report_added');
    await advance(number, 'close');
    expect(await report({ document: document() })).toBe('report_added');
    const { reports, progress, events } = await view(buyer);
    expect(reports).toHaveLength(2);
    expect(progress).toBe('closed');
    expect(events.filter(({ kind }) => kind === 'report_added')).toHaveLength(2);
  });

  it('is a PDF of at most ten megabytes, and nothing is half done when it is not', async () => {
    const { deps, view, report } = await working();
    const large = new Uint8Array(MOST_REPORT_MB * 1024 * 1024 + 1);
    large.set(PDF);
    for (const bytes of [new Uint8Array(), Buffer.from('<script>'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]), large])
      expect(await refusal(report({ document: document(bytes) }))).toBe('invalid_form');
    expect(await view()).toMatchObject({ progress: 'in_service', reports: [] });
    expect(await deps.db.read((q) => q.$count(storedFile))).toBe(0);
    const most = new Uint8Array(MOST_REPORT_MB * 1024 * 1024);
    most.set(PDF);
    expect(await report({ document: document(most) })).toBe('reported');
  });

  it('is given out by who works there, once, after the work has begun', async () => {
    const { m, buyer, report, hold: _, ...rest } = await working();
    expect(await refusal(report({ document: document() }, { ...m.manager, role: 'finance' }))).toBe('forbidden');
    expect(await refusal(report({ document: document() }, buyer))).toBe('not_found');
    const { version } = await rest.view();
    expect(await refusal(report({ version: version - 1 }))).toBe('stale');
    const both = await Promise.all([refusal(report({ version })), refusal(report({ version }))]);
    expect(both.filter((code) => code === 'no refusal')).toHaveLength(1);
  });
});
