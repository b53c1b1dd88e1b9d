/** An .xlsx container written by hand, so that tests can make good ones and bad ones. */
import { crc32, deflateRawSync } from 'node:zlib';

type Part = { name: string; data: Buffer /** What the directory claims, when it lies. */; claimed?: number };

export function zip(parts: Part[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimed = data.length } of parts) {
    const packed = deflateRawSync(data);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimed, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fields, tail, title]));
    bodies.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;');
const letter = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letter(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

/** A run of text: `{ sup: '-7' }` is raised. */
export type Run = string | { sup: string } | { sub: string } | { struck: string };
/**
 * Texts (shared strings) and numbers as they are; `value` with a number format; `runs` set differently one from the other; `formula` with what
 * was last worked out, if anything; `inline` beside the shared strings; `error` such as #REF!; `raised` and `struck` as the font of the cell.
 */
export type Cell =
  | string
  | number
  | { value: number; format: string | number }
  | { runs: Run[] }
  | { formula: string; value?: string | number }
  | { inline: string }
  | { error: string }
  | { raised: string | number }
  | { struck: string };

export interface Sheet {
  name?: string;
  rows: Cell[][];
  merges?: string[];
  extra?: string;
  state?: 'hidden' | 'veryHidden';
  /** From 1. */
  hiddenRows?: number[];
  /** From 0. */
  hiddenColumns?: number[];
}

export interface BookOptions {
  /** Namespaces and relationship types of ISO/IEC 29500 Strict. */
  strict?: boolean;
  /** Name of the folder and parts, as another maker would have them. */
  parts?: { workbook: string; sheet(n: number): string; strings: string; styles: string };
  /** Prefix of element names, such as `x:`. */
  prefix?: string;
  date1904?: boolean;
  /** Only the sheets and the texts, at their usual places: without what names them. */
  bare?: boolean;
}

const USUAL = {
  workbook: 'xl/workbook.xml',
  sheet: (n: number) => `xl/worksheets/sheet${n}.xml`,
  strings: 'xl/sharedStrings.xml',
  styles: 'xl/styles.xml',
};

export function workbook(
  sheets: Sheet[],
  { strict = false, parts = USUAL, prefix = '', date1904 = false, bare = false }: BookOptions = {},
): Uint8Array {
  const strings: string[] = [];
  const styles = new Map<string, number>([['General|', 0]]);
  const styleOf = (format: string | number, font: '' | 'sup' | 'struck' = '') => {
    const key = `${format}|${font}`;
    if (!styles.has(key)) styles.set(key, styles.size);
    return styles.get(key) as number;
  };
  const p = prefix;
  const t = (text: string) => `<${p}t xml:space="preserve">${escaped(text)}</${p}t>`;
  const shared = (inside: string) => strings.push(inside) - 1;
  const run = (one: Run) => {
    if (typeof one === 'string') return `<${p}r>${t(one)}</${p}r>`;
    const [kind, text] = Object.entries(one)[0] as [string, string];
    const look = kind === 'struck' ? `<${p}strike/>` : `<${p}vertAlign val="${kind === 'sup' ? 'superscript' : 'subscript'}"/>`;
    return `<${p}r><${p}rPr><${p}sz val="11"/>${look}</${p}rPr>${t(text)}</${p}r>`;
  };
  const written = (at: string, cell: Cell): string => {
    const c = (attributes: string, inside: string) => `<${p}c r="${at}"${attributes}>${inside}</${p}c>`;
    const v = (text: string | number) => `<${p}v>${typeof text === 'number' ? text : escaped(text)}</${p}v>`;
    if (cell === '') return '';
    if (typeof cell === 'number') return c('', v(cell));
    if (typeof cell === 'string') return c(' t="s"', v(shared(t(cell))));
    if ('format' in cell) return c(` s="${styleOf(cell.format)}"`, v(cell.value));
    if ('runs' in cell) return c(' t="s"', v(shared(cell.runs.map(run).join(''))));
    if ('inline' in cell) return c(' t="inlineStr"', `<${p}is>${t(cell.inline)}</${p}is>`);
    if ('error' in cell) return c(' t="e"', v(cell.error));
    if ('raised' in cell)
      return typeof cell.raised === 'number'
        ? c(` s="${styleOf('General', 'sup')}"`, v(cell.raised))
        : c(` s="${styleOf('General', 'sup')}" t="s"`, v(shared(t(cell.raised))));
    if ('struck' in cell) return c(` s="${styleOf('General', 'struck')}" t="s"`, v(shared(t(cell.struck))));
    const value = cell.value === undefined ? '' : v(cell.value);
    return c(typeof cell.value === 'string' ? ' t="str"' : '', `<${p}f>${escaped(cell.formula)}</${p}f>${value}`);
  };
  const space = strict ? 'http://purl.oclc.org/ooxml/spreadsheetml/main' : 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const kinds = strict
    ? 'http://purl.oclc.org/ooxml/officeDocument/relationships'
    : 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const root = (name: string, inside: string) =>
    Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><${p}${name} xmlns${p ? `:${p.slice(0, -1)}` : ''}="${space}" xmlns:r="${kinds}">${inside}</${p}${name}>`,
    );
  const bodies = sheets.map(({ rows, merges = [], extra = '', hiddenRows = [], hiddenColumns = [] }, i) => {
    const body = rows
      .map(
        (cells, r) =>
          `<${p}row r="${r + 1}"${hiddenRows.includes(r + 1) ? ' hidden="1"' : ''}>${cells.map((cell, c) => written(`${letter(c)}${r + 1}`, cell)).join('')}</${p}row>`,
      )
      .join('');
    const columns = hiddenColumns.map((c) => `<${p}col min="${c + 1}" max="${c + 1}" hidden="1"/>`).join('');
    const merged =
      merges.length > 0 ? `<${p}mergeCells>${merges.map((ref) => `<${p}mergeCell ref="${ref}"/>`).join('')}</${p}mergeCells>` : '';
    const inside = `${columns ? `<${p}cols>${columns}</${p}cols>` : ''}<${p}sheetData>${body}${extra}</${p}sheetData>${merged}`;
    return { name: parts.sheet(i + 1), data: root('worksheet', inside) };
  });
  const table = { name: parts.strings, data: root('sst', strings.map((inside) => `<${p}si>${inside}</${p}si>`).join('')) };
  if (bare) return zip([{ name: '[Content_Types].xml', data: Buffer.from('<Types/>') }, ...bodies, table]);
  const named = [...styles.keys()].map((key) => key.slice(0, key.lastIndexOf('|')));
  const own = named.filter((format) => format !== 'General' && !/^\d+$/.test(format));
  const xfs = [...styles.keys()].map((key, i) => {
    const format = named[i] as string;
    const id = /^\d+$/.test(format) ? format : format === 'General' ? 0 : 164 + own.indexOf(format);
    return `<${p}xf numFmtId="${id}" fontId="${key.endsWith('|sup') ? 1 : key.endsWith('|struck') ? 2 : 0}"/>`;
  });
  const look = root(
    'styleSheet',
    `<${p}numFmts>${own.map((format, i) => `<${p}numFmt numFmtId="${164 + i}" formatCode="${escaped(format)}"/>`).join('')}</${p}numFmts>` +
      `<${p}fonts><${p}font/><${p}font><${p}vertAlign val="superscript"/></${p}font><${p}font><${p}strike/></${p}font></${p}fonts>` +
      `<${p}cellXfs>${xfs.join('')}</${p}cellXfs>`,
  );
  const list = sheets.map(
    ({ name, state }, i) =>
      `<${p}sheet name="${escaped(name ?? `Sheet${i + 1}`)}" sheetId="${i + 1}" r:id="rId${i + 1}"${state ? ` state="${state}"` : ''}/>`,
  );
  const related = (entries: [string, string][]) =>
    Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
        .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${kinds}/${type}" Target="${target}"/>`)
        .join('')}</Relationships>`,
    );
  const folder = parts.workbook.slice(0, parts.workbook.lastIndexOf('/') + 1);
  return zip([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    { name: '_rels/.rels', data: related([['officeDocument', parts.workbook]]) },
    {
      name: parts.workbook,
      data: root('workbook', `${date1904 ? `<${p}workbookPr date1904="1"/>` : ''}<${p}sheets>${list.join('')}</${p}sheets>`),
    },
    {
      name: `${folder}_rels/${parts.workbook.slice(folder.length)}.rels`,
      data: related([
        ...bodies.map(({ name }): [string, string] => ['worksheet', `/${name}`]),
        ['sharedStrings', `/${parts.strings}`],
        ['styles', `/${parts.styles}`],
      ]),
    },
    ...bodies,
    table,
    { name: parts.styles, data: look },
  ]);
}
