import { describe, expect, it } from 'vitest';
import { workbook, zip } from '#tests/support/workbook.ts';
import { readApart } from './read-apart.server.ts';
import { readFile, readPasted } from './read-file.server.ts';

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

/** How long this process answered nobody, at most. */
function heartbeat() {
  let longest = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return {
    stop(): number {
      clearInterval(pulse);
      return longest;
    },
  };
}

describe('a file read apart', () => {
  it('gives the same answer, and the same refusals', async () => {
    expect(await readApart({ bytes: book })).toEqual(await readFile(book));
    for (const bytes of [
      zip([{ name: 'a.txt', data: Buffer.from('a') }]),
      book.slice(0, 900),
      zip([{ name: 'content.xml', data: Buffer.from('<a>') }]),
    ])
      expect(await readApart({ bytes })).toEqual(await readFile(bytes));
  });

  it('a long text too, brought or pasted', async () => {
    const text = `仪器名称,测量范围\n${'千分尺,(0~25) mm\n'.repeat(15_000)}`;
    expect(await readApart({ pasted: text })).toEqual(readPasted(text));
    expect(await readApart({ bytes: Buffer.from(text) })).toEqual(await readFile(Buffer.from(text)));
  });

  it('holds up nobody: what unfolds to twenty megabytes costs the others nothing', async () => {
    const cells = '<c t="inlineStr"><is><t>a</t></is></c>'.repeat(20);
    const heavy = zip([
      {
        name: 'xl/worksheets/sheet1.xml',
        data: Buffer.from(`<worksheet><sheetData>${`<row>${cells}</row>`.repeat(25_000)}</sheetData></worksheet>`),
      },
    ]);
    const pulse = heartbeat();
    expect(await readApart({ bytes: heavy })).toMatchObject({ ok: false, reason: 'too_many_rows' });
    expect(pulse.stop()).toBeLessThan(400);
  }, 40_000);

  it('nor do eight megabytes of nothing', async () => {
    const pulse = heartbeat();
    for (const filler of [',', '\n', ' \n'])
      expect(await readApart({ pasted: `a${filler.repeat(8_000_000 / filler.length)}` })).toMatchObject({ ok: true });
    expect(pulse.stop()).toBeLessThan(400);
  }, 90_000);
});
