import { describe, expect, it } from 'vitest';
import { workbook, zip } from '#tests/support/workbook.ts';
import { readFile } from './read-file.server.ts';
import { readWorkbookApart } from './workbook-apart.server.ts';

const book = workbook([
  {
    rows: [
      ['仪器', '范围'],
      ['千分尺', { value: 0.003, format: '0.00%' }],
    ],
    name: '长度',
  },
  { rows: [['x']], state: 'hidden' },
]);

describe('a workbook read apart', () => {
  it('gives the same answer, and the same refusals', async () => {
    expect(await readFile(book, readWorkbookApart)).toEqual(await readFile(book));
    for (const bytes of [
      zip([{ name: 'a.txt', data: Buffer.from('a') }]),
      book.slice(0, 900),
      zip([{ name: 'content.xml', data: Buffer.from('<a>') }]),
    ])
      expect(await readFile(bytes, readWorkbookApart)).toEqual(await readFile(bytes));
  });

  it('holds up nobody: what unfolds to twenty megabytes costs the others nothing', async () => {
    const cells = '<c t="inlineStr"><is><t>a</t></is></c>'.repeat(20);
    const heavy = zip([
      {
        name: 'xl/worksheets/sheet1.xml',
        data: Buffer.from(`<worksheet><sheetData>${`<row>${cells}</row>`.repeat(25_000)}</sheetData></worksheet>`),
      },
    ]);
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    expect(await readFile(heavy, readWorkbookApart)).toMatchObject({ ok: false, reason: 'too_many_rows' });
    clearInterval(pulse);
    expect(longest).toBeLessThan(400);
  }, 40_000);
});
