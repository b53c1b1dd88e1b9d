/** Workbooks made to cost more than they weigh: each is read to its end soon, or refused with a reason; none is read wrong. */
import { describe, expect, it } from 'vitest';
import { zip } from '#tests/support/workbook.ts';
import { proposeSettings } from './judge-table.ts';
import { readFile } from './read-file.server.ts';

const part = (name: string, text: string) => ({ name, data: Buffer.from(text) });
const ods = (tables: string) =>
  zip([
    part(
      'content.xml',
      `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>${tables}</office:body></office:document-content>`,
    ),
  ]);
const cell = (text: string, attributes = '') => `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const table = (inside: string, name = 'a') => `<table:table table:name="${name}">${inside}</table:table>`;
const HEAD = row(cell('仪器名称') + cell('测量范围') + cell('扩展不确定度'));

const related = (...entries: [id: string, type: string, target: string][]) =>
  `<Relationships>${entries.map(([id, type, target]) => `<Relationship Id="${id}" Type="x/${type}" Target="${target}"/>`).join('')}</Relationships>`;
const xlsx = (sheet: string, strings = '', sheets = '<sheet name="a" r:id="r1"/>') =>
  zip([
    part('xl/workbook.xml', `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', related(['r1', 'worksheet', 'worksheets/sheet1.xml'], ['r2', 'sharedStrings', 'sharedStrings.xml'])),
    part('xl/sharedStrings.xml', `<sst>${strings}</sst>`),
    part('xl/worksheets/sheet1.xml', `<worksheet>${sheet}</worksheet>`),
  ]);
const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const line = (number: number | string, ...texts: string[]) => `<row r="${number}">${texts.map(inline).join('')}</row>`;

const refusal = async (bytes: Uint8Array) => {
  const read = await readFile(bytes);
  return read.ok ? 'read' : read.reason;
};

describe('a workbook made to cost more than it weighs', () => {
  it.each<[string, () => Uint8Array, string]>([
    [
      'elements within elements',
      () => ods(table(row(cell('<text:span>x'.repeat(200_000) + '</text:span>'.repeat(200_000))))),
      'excel_bomb',
    ],
    [
      'the same in the other form',
      () => xlsx(`<sheetData>${'<row>'.repeat(200_000)}${'</row>'.repeat(200_000)}</sheetData>`),
      'excel_bomb',
    ],
    [
      'thousands of sheets',
      () => ods(Array.from({ length: 18_000 }, (_, i) => table(row(cell('a') + cell('1')), `s${i}`)).join('')),
      'too_many_sheets',
    ],
    [
      'one sheet listed thousands of times',
      () => xlsx(`<sheetData>${line(1, 'a')}</sheetData>`, '', '<sheet name="a" r:id="r1"/>'.repeat(30_000)),
      'too_many_sheets',
    ],
    [
      'a text repeated into billions',
      () => ods(table(HEAD + row(cell('y'.repeat(4000), 'table:number-columns-repeated="60"'), 'table:number-rows-repeated="20000"'))),
      'excel_bomb',
    ],
    [
      'a shared text named a million times',
      () =>
        xlsx(
          `<sheetData>${`<row>${'<c t="s"><v>0</v></c>'.repeat(55)}</row>`.repeat(20_000)}</sheetData>`,
          `<si><t>${'z'.repeat(4000)}</t></si>`,
        ),
      'excel_bomb',
    ],
    [
      'a cell of nothing but spaces and line ends',
      () => ods(table(HEAD + row(cell('<text:s text:c="100"/><text:line-break/>'.repeat(400_000))))),
      'read',
    ],
    [
      'millions of hidden columns',
      () =>
        ods(table(`${'<table:table-column table:visibility="collapse" table:number-columns-repeated="1000000"/>'.repeat(300_000)}${HEAD}`)),
      'read',
    ],
    [
      'columns hidden from far below nothing',
      () => xlsx(`<cols><col min="-10000000000" max="60" hidden="1"/></cols><sheetData>${line(1, 'a')}</sheetData>`),
      'read',
    ],
    ['empty tables', () => ods(table(HEAD) + table('').repeat(300_000)), 'read'],
  ])(
    '%s',
    async (_what, make, expected) => {
      const bytes = make();
      const start = performance.now();
      expect(await refusal(bytes)).toBe(expected);
      // The slowest takes a second alone on the machine; as they were, they took ten seconds, minutes, or the process.
      expect(performance.now() - start).toBeLessThan(8000);
    },
    30_000,
  );

  it('keeps no more columns than are read', async () => {
    const read = await readFile(
      ods(table(`${'<table:table-column table:visibility="collapse" table:number-columns-repeated="1000000"/>'.repeat(1000)}${HEAD}`)),
    );
    expect(read.ok && read.sheets[0]?.hiddenColumns?.length).toBe(60);
  });
});

describe('what a workbook points to', () => {
  it.each(['1', '-1', '1e9', '0.5', 'x', '__proto__', 'length'])('is there, or it is broken: text %s of one', async (index) => {
    const bytes = xlsx(`<sheetData><row r="1"><c t="s"><v>0</v></c><c t="s"><v>${index}</v></c></row></sheetData>`, '<si><t>z</t></si>');
    expect(await refusal(bytes)).toBe('broken_excel');
  });

  it('is one line for each number, in their order: what is decided about one is decided about no other', async () => {
    const numbers = [1, 1, 1, -4, '2.5', 'x', 'Infinity', 9_007_199_254_740_993n, 3, 20, 7].map(String);
    const read = await readFile(xlsx(`<sheetData>${numbers.map((number) => line(number, 'a')).join('')}</sheetData>`));
    expect(read.ok && read.rows.map((one) => one.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21]);
  });

  it('is one cell for each place of a line', async () => {
    const twice = (second: string) => xlsx(`<sheetData><row r="1"><c r="B1"><v>1</v></c>${second}</row></sheetData>`);
    expect(await refusal(twice('<c r="B1"><v>2</v></c>'))).toBe('broken_excel');
    expect(await refusal(twice('<c r="B1" t="d"><v>2009-05-01</v></c>'.repeat(60_000)))).toBe('broken_excel');
    expect(await refusal(twice('<c r="A1"><v>2</v></c>'))).toBe('read');
  });

  it('is of one line alone, where lines stand for several: what is merged in one is not in the next', async () => {
    const rows = row(cell('a', 'table:number-rows-spanned="2"') + cell('1')) + row(cell('') + cell('2'), 'table:number-rows-repeated="3"');
    const read = await readFile(ods(table(rows)));
    expect(read.ok && read.rows.map(({ cells }) => cells[0])).toEqual(['a', 'a', '', '']);
  });

  it('leads to no file outside of it, in no circle', async () => {
    for (const target of ['../../../etc/passwd', '/etc/passwd', '_rels/.rels', '../_rels/.rels', 'xl/workbook.xml'])
      expect(
        await refusal(
          zip([
            part('_rels/.rels', related(['a', 'officeDocument', target])),
            part('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'),
            part('xl/_rels/workbook.xml.rels', related(['r1', 'worksheet', 'workbook.xml'], ['r1', 'officeDocument', '../_rels/.rels'])),
          ]),
        ),
      ).toMatch(/^(?:not_a_table|empty|broken_excel)$/);
  });
});

describe('sheets beyond what is read', () => {
  const many = (count: number) =>
    ods(
      table(HEAD + row(cell('千分尺') + cell('(0~25) mm') + cell('U=1 μm'))) +
        Array.from({ length: count }, (_, i) => table(row(cell('x')), `s${i}`)).join(''),
    );

  it('forty are read, of more it is said that there are too many: none is passed over without a word', async () => {
    const read = await readFile(many(39));
    expect(read.ok && proposeSettings(read.rows, read.sheets).sheets).toHaveLength(40);
    expect(await refusal(many(40))).toBe('too_many_sheets');
  });
});
