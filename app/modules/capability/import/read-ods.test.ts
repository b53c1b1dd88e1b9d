import { describe, expect, it } from 'vitest';
import { zip } from '#tests/support/workbook.ts';
import { readFile } from './read-file.server.ts';

const ods = (tables: string, styles = '') =>
  zip([
    { name: 'mimetype', data: Buffer.from('application/vnd.oasis.opendocument.spreadsheet') },
    {
      name: 'content.xml',
      data: Buffer.from(
        `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
      ),
    },
  ]);
const cell = (text: string, attributes = '') => `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const table = (name: string, rows: string, attributes = '') => `<table:table table:name="${name}" ${attributes}>${rows}</table:table>`;
const SUPER = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>';

describe('an OpenDocument spreadsheet', () => {
  it('is read as it is shown: numbers in their formats, raised digits, lines, merged cells, every sheet', async () => {
    const file = await readFile(
      ods(
        table(
          '长度',
          row(cell('仪器名称') + cell('测量范围') + cell('扩展不确定度')) +
            row(
              cell('千分尺', 'table:number-rows-spanned="2"') +
                cell('(0~25) mm') +
                cell('7×10<text:span text:style-name="T1">-7</text:span><text:s/>L'),
            ) +
            row(
              '<table:covered-table-cell/>' +
                cell('a</text:p><text:p>b') +
                cell('0.30%', 'office:value-type="percentage" office:value="0.003"'),
            ) +
            row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048000"'),
        ) +
          table('空', row('<table:table-cell/>')) +
          table('力学', row(cell('x', 'table:number-columns-repeated="2"'), 'table:number-rows-repeated="2"')),
        SUPER,
      ),
    );
    expect(file).toMatchObject({
      ok: true,
      rows: [
        { line: 1, cells: ['仪器名称', '测量范围', '扩展不确定度'] },
        { line: 2, cells: ['千分尺', '(0~25) mm', '7×10⁻⁷ L'] },
        { line: 3, cells: ['千分尺', 'a\nb', '0.30%'] },
        { line: 1, cells: ['x', 'x'], sheet: 1 },
        { line: 2, cells: ['x', 'x'], sheet: 1 },
      ],
      sheets: [{ name: '长度' }, { name: '力学' }],
    });
  });

  it('says days, formulas never worked out and what is hidden', async () => {
    const hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>';
    const file = await readFile(
      ods(
        table(
          'a',
          row(`${cell('25. Jan', 'office:value-type="date"')}<table:table-cell table:formula="of:=1+1"/>`, 'table:visibility="filter"'),
        ) + table('b', row(cell('x')), 'table:style-name="ta2"'),
        hidden,
      ),
    );
    expect(file).toMatchObject({
      rows: [
        {
          marks: [
            { column: 0, code: 'day' },
            { column: 1, code: 'uncalculated' },
            { column: -1, code: 'hidden' },
          ],
        },
        { cells: ['x'] },
      ],
      sheets: [{ remarks: [{ code: 'hidden_lines', found: '1' }] }, { hidden: true, remarks: [{ code: 'hidden_sheet' }] }],
    });
  });

  it('of more rows than are read, or repeated without end, is stopped', async () => {
    expect(await readFile(ods(table('a', row(cell('x'), 'table:number-rows-repeated="1000000"'))))).toMatchObject({
      reason: 'too_many_rows',
    });
    expect(await readFile(ods(table('a', row(cell('x', 'table:number-columns-repeated="1000000"')))))).toMatchObject({ ok: true });
    expect(await readFile(zip([{ name: 'content.xml', data: Buffer.from('<a>') }]))).toMatchObject({ reason: 'broken_excel' });
  });
});
