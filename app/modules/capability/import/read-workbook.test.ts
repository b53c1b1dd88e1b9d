import { describe, expect, it } from 'vitest';
import { type Cell, type Sheet, workbook, zip } from '#tests/support/workbook.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { judgeTable, proposeSettings } from './judge-table.ts';
import { readFile } from './read-file.server.ts';

const HEAD = ['测量仪器名称', '测量范围', '扩展不确定度(k=2)'];
const ROW = ['外径千分尺', '(0~25) mm', 'U=1.0 μm'];

async function read(bytes: Uint8Array) {
  const file = await readFile(bytes);
  if (!file.ok) throw new Error(file.reason);
  return file;
}
const one = async (cell: Cell) => {
  const { rows } = await read(workbook([{ rows: [['x', cell]] }]));
  return { text: rows[0]?.cells[1] ?? '', marks: rows[0]?.marks ?? [] };
};
const judged = async (sheet: Sheet) => {
  const { rows, sheets } = await read(workbook([sheet]));
  const proposed = proposeSettings(rows, sheets);
  return judgeTable(rows, proposed.sheets, { k: proposed.k, field: 'dimensional' }, parseUnit);
};

describe('a number is read as its cell shows it', () => {
  it.each<[number, string | number, string]>([
    [0.003, '0.00%', '0.30%'],
    [0.003, 10, '0.30%'],
    [0.5, '0.00" mm"', '0.50 mm'],
    [1.5, '0.0\\ "µm"', '1.5 µm'],
    [12_000, '#,##0', '12000'],
    [1_234_567.5, '#,##0.00', '1234567.50'],
    [0.25, '# ?/?', '1/4'],
    [1.5, '# ?/?" in"', '1 1/2 in'],
    [1.5e-7, '0.00E+00', '1.50E-07'],
    [0.5, '"±"0.0', '±0.5'],
    [-3, '0.0_);(0.0)', '-3.0'],
    [-3, '0.0;[Red]0.0', '-3.0'],
    [0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', '0'],
    [1234.5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', '1234.50'],
    [1.5, '[$-407]0.00', '1.50'],
    [3, 'G/通用格式" mm"', '3 mm'],
    [0.1 + 0.2, 'General', '0.3'],
    [0.05, '.00', '0.05'],
    [5, '@', '5'],
  ])('%f in %s is %s', async (value, format, text) => expect(await one({ value, format })).toEqual({ text, marks: [] }));

  it('and what rounding hides, or a format that is not understood, is said', async () => {
    expect(await one({ value: 0.0004, format: '0.00' })).toEqual({
      text: '0.0004',
      marks: [{ column: 1, code: 'rounded', found: '0.00 / 0.0004' }],
    });
    expect(await one({ value: 0.003, format: '0%' })).toMatchObject({ text: '0.3%', marks: [{ code: 'rounded', found: '0% / 0.3%' }] });
    expect(await one({ value: 1500, format: '0.0,"k"' })).toMatchObject({ text: '1.5k', marks: [{ code: 'rounded' }] });
    // Two digits never take a twentieth away.
    expect(await one({ value: 0.2473, format: '0.00' })).toEqual({ text: '0.25', marks: [] });
    for (const format of ['0.0" mm', `0.0"${'x'.repeat(10_000)}"`, `# ${'?'.repeat(90)}/${'?'.repeat(90)}`, '0.0 d'])
      expect(await one({ value: 0.5, format })).toMatchObject({ text: '0.5', marks: [{ code: 'format' }] });
  });

  it.each<[number, string | number, string, string | undefined]>([
    [45_682, 'd-mmm', '25-Jan', '1-25'],
    [45_682, 16, '25-Jan', '1-25'],
    [45_682, 58, '1月25日', '1-25'],
    [45_992, 'm"月"d"日"', '12月1日', '1-12'],
    [18_323, 17, 'Mar-50', '3-50'],
    [45_682, 'yyyy-mm-dd', '2025-01-25', undefined],
    [0.5, 'h:mm', '12:00', undefined],
  ])('%f in %s is a day, %s, and said so', async (value, format, text, typed) => {
    const mark = { column: 1, code: 'day', found: text, ...(typed ? { typed } : {}) };
    expect(await one({ value, format })).toEqual({ text, marks: [mark] });
  });
});

describe('a text is read as it is seen', () => {
  it.each<[string, Cell, string]>([
    ['an exponent', { runs: ['U=0.06 μm+7×10', { sup: '-7' }, 'L'] }, 'U=0.06 μm+7×10⁻⁷L'],
    ['one with a long minus', { runs: ['2×10', { sup: '−' }, { sup: '6' }] }, '2×10⁻⁶'],
    ['a square', { runs: ['(0~5) m', { sup: '2' }] }, '(0~5) m²'],
    ['a degree from a raised o', { runs: ['(20~60) ', { sup: 'o' }, 'C'] }, '(20~60) °C'],
    ['a degree from a raised zero', { runs: ['20 ', { sup: '0' }, 'C'] }, '20 °C'],
    ['an index', { runs: ['U', { sub: 'rel' }, '=0.3 %'] }, 'Urel=0.3 %'],
    ['letters raised', { runs: ['the 5', { sup: 'th' }] }, 'the 5th'],
    ['a whole cell raised', { raised: '-7' }, '⁻⁷'],
    ['two lines, escaped', '0~300 mm_x000D_\n300~500 mm', '0~300 mm\n300~500 mm'],
    ['an underscore', 'a_x005F_x0041_b', 'a_x0041_b'],
    ['beside the shared strings', { inline: 'U=1 μm' }, 'U=1 μm'],
    ['of a formula', { formula: 'A1', value: '见表' }, '见表'],
  ])('%s', async (_, cell, text) => expect(await one(cell)).toEqual({ text, marks: [] }));

  it('crossed out, or of a formula never worked out: said', async () => {
    expect(await one({ struck: 'U=1 μm' })).toMatchObject({ text: 'U=1 μm', marks: [{ code: 'struck' }] });
    expect(await one({ runs: ['U=', { struck: '1' }, '2 μm'] })).toMatchObject({ marks: [{ code: 'struck' }] });
    expect(await one({ formula: 'B2*2' })).toMatchObject({ text: '', marks: [{ code: 'uncalculated' }] });
  });
});

describe('a container of any maker', () => {
  const sheet = { name: '长度', rows: [HEAD, ROW] };
  it.each<[string, Parameters<typeof workbook>[1]]>([
    [
      'with parts where it likes',
      { parts: { workbook: 'book/Main.xml', sheet: (n) => `pages/P${n}.XML`, strings: 'book/texts.xml', styles: 'look.xml' } },
    ],
    [
      'with capitals',
      {
        parts: {
          workbook: 'XL/Workbook.xml',
          sheet: (n) => `xl/WorkSheets/Sheet${n}.xml`,
          strings: 'xl/SharedStrings.xml',
          styles: 'xl/Styles.xml',
        },
      },
    ],
    ['in the strict form', { strict: true }],
    ['with prefixes', { prefix: 'x:' }],
    ['without what names its sheets', { bare: true }],
  ])('%s', async (_, options) => {
    const { rows, sheets } = await read(workbook([sheet], options));
    expect(rows.map(({ cells }) => cells)).toEqual([HEAD, ROW]);
    expect(sheets).toMatchObject([{ name: options?.bare ? 'sheet1' : '长度' }]);
  });

  it('with relationships that go in a circle or nowhere is read or refused, at once', async () => {
    const related = (target: string) =>
      Buffer.from(
        `<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="${target}"/><Relationship Id="rId2" Type="x/worksheet" Target="${target}"/></Relationships>`,
      );
    for (const target of ['_rels/.rels', '../../../etc/passwd', '', 'xl/workbook.xml', 'https://example.invalid/x'])
      expect(
        await readFile(
          zip([
            { name: '_rels/.rels', data: related(target) },
            { name: 'xl/_rels/workbook.xml.rels', data: related('workbook.xml') },
            {
              name: 'xl/workbook.xml',
              data: Buffer.from('<workbook xmlns:r="y"><sheets><sheet name="a" r:id="rId2"/></sheets></workbook>'),
            },
          ]),
        ),
      ).toMatchObject({ ok: false, reason: expect.stringMatching(/^(?:not_a_table|empty)$/) });
  });

  it('with more styles, formats or nesting than any has is stopped', async () => {
    const styled = (styles: string) =>
      zip([
        { name: 'xl/worksheets/sheet1.xml', data: Buffer.from('<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>') },
        { name: 'xl/styles.xml', data: Buffer.from(`<styleSheet>${styles}</styleSheet>`) },
      ]);
    expect(await readFile(styled(`<cellXfs>${'<xf/>'.repeat(200_000)}</cellXfs>`))).toMatchObject({ reason: 'excel_bomb' });
    expect(await readFile(styled(`<fonts>${'<font/>'.repeat(200_000)}</fonts>`))).toMatchObject({ reason: 'excel_bomb' });
    expect(await readFile(styled(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`))).toMatchObject({ reason: 'excel_bomb' });
    expect(await readFile(styled('<cellXfs><xf numFmtId="999999" fontId="77"/></cellXfs>'))).toMatchObject({ ok: true });
  });

  it('whose cells are named by number, or not at all, keeps them in order', async () => {
    const row = '<row><c t="str"><v>a</v></c><c r="1" t="str"><v>b</v></c><c r="D1" t="str"><v>d</v></c><c t="str"><v>e</v></c></row>';
    const data = Buffer.from(`<worksheet><sheetData>${row}</sheetData></worksheet>`);
    const { rows } = await read(zip([{ name: 'xl/worksheets/sheet1.xml', data }]));
    expect(rows[0]?.cells).toEqual(['a', 'b', '', 'd', 'e']);
  });
});

describe('what a workbook hides', () => {
  it('is read only when nothing visible says it, and said', async () => {
    const { rows, sheets } = await read(
      workbook([
        {
          name: '能力',
          rows: [
            [...HEAD, '扩展不确定度'],
            [...ROW, 'U=9 μm'],
            ['卡尺', '(0~150) mm', 'U=10 μm', 'U=9 μm'],
          ],
          hiddenColumns: [2],
          hiddenRows: [3],
        },
        { name: '旧', rows: [HEAD, ROW], state: 'hidden' },
      ]),
    );
    const proposed = proposeSettings(rows, sheets);
    expect(proposed.sheets.map(({ name, read: chosen, mapping, remarks }) => [name, chosen, mapping.columns, remarks])).toEqual([
      [
        '能力',
        true,
        ['instrument', 'range', 'skip', 'uncertainty'],
        [
          { code: 'hidden_lines', found: '1' },
          { code: 'hidden_columns', found: 'C' },
        ],
      ],
      ['旧', false, ['instrument', 'range', 'uncertainty'], [{ code: 'hidden_sheet', found: '' }]],
    ]);
    const { rows: lines } = judgeTable(rows, proposed.sheets, { k: 2, field: 'dimensional' }, parseUnit);
    expect(lines.map(({ notes }) => notes.some(({ code }) => code === 'line_hidden'))).toEqual([false, true]);
  });
});

describe('rows of a workbook', () => {
  const METHOD = ['规范', 'JJG 1'];
  const sheet = (...cells: Cell[]): Sheet => ({
    rows: [
      [...HEAD, METHOD[0] as string],
      ['压力表', ...cells, METHOD[1] as string],
    ],
  });
  it('with percentages and units from their formats are understood', async () => {
    const percent = await judged(sheet('(0~60) MPa', { value: 0.003, format: '0.00%' }));
    expect(percent.rows[0]?.rows[0]?.uncertainty).toMatchObject({ form: 'relative', b: { base: 0.003 } });
    const unit = await judged(sheet('(0~60) MPa', { value: 0.5, format: '0.00" kPa"' }));
    expect(unit.rows[0]).toMatchObject({ status: 'ok', rows: [{ uncertainty: { a: { value: 0.5, unit: 'kPa' } } }] });
  });

  it('with a day, an error or an open formula are rejected, and say why', async () => {
    const day = await judged(sheet({ value: 45_682, format: 'd-mmm' }, 'U=1 kPa'));
    expect(day.rows[0]).toMatchObject({
      status: 'reject',
      notes: [{ code: 'cell_day', column: 'range', found: '25-Jan', question: { key: 'cell_day|range', choices: ['as_typed'] } }],
    });
    expect((await judged(sheet({ error: '#REF!' }, 'U=1 kPa'))).rows[0]?.notes).toMatchObject([{ code: 'cell_error', found: '#REF!' }]);
    expect((await judged(sheet('(0~60) MPa', { formula: 'B2/2' }))).rows[0]?.notes).toMatchObject([{ code: 'cell_uncalculated' }]);
  });

  it('whose range became a day are read once a person says so', async () => {
    const { rows, sheets } = await read(
      workbook([
        {
          rows: [
            ['仪器名称', '测量范围 (mm)', '不确定度', '规范'],
            ['卡尺', { value: 45_682, format: 58 }, 'U=1 μm', 'JJG 1'],
          ],
        },
      ]),
    );
    const { sheets: proposed } = proposeSettings(rows, sheets);
    const decisions = { answers: { 'cell_day|range': 'as_typed' }, rows: {}, fills: [] };
    const { rows: lines } = judgeTable(rows, proposed, { k: 2, field: 'dimensional' }, parseUnit, decisions);
    expect(lines[0]).toMatchObject({ status: 'ok', rows: [{ min: 1, max: 25, unit: { code: 'mm' } }], decided: [{ answer: 'as_typed' }] });
  });

  it('with numbers beside texts that write decimals with a comma are read alike', async () => {
    const { rows, sheets } = await read(
      workbook([
        {
          rows: [
            ['Kalibriergegenstand', 'Messbereich', 'Messunsicherheit in µm', 'Verfahren'],
            ['Messschieber', '0 mm bis 1,5 mm', 1.234, 'DKD-R 4-3'],
            ['Messuhr', '0,5 mm bis 10 mm', 0.6, 'DKD-R 4-3'],
          ],
        },
      ]),
    );
    const proposed = proposeSettings(rows, sheets);
    expect(proposed.sheets[0]?.decimal).toBe('comma');
    const { rows: lines } = judgeTable(rows, proposed.sheets, { k: 2, field: 'dimensional' }, parseUnit);
    expect(lines.map(({ text }) => text.uncertainty)).toEqual(['1,234 μm', '0,6 μm']);
  });
});
