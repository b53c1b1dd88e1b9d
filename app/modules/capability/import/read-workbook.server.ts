/** A workbook (.xlsx, or .ods) as sheets of rows of text: what the spreadsheet shows, all of its sheets, in their order. */
import { NumberShower } from './cell-number.ts';
import { missingColumns, proposeMapping } from './columns.ts';
import { readOds } from './read-ods.server.ts';
import { columnLetters, type FileSheet, type SheetRemark, type TableRow } from './table.ts';
import { WorkbookError } from './workbook-error.ts';
import { openParts, type Parts, relationshipsOf, walk } from './workbook-parts.server.ts';
import { type Bounds, MOST_LISTED, MOST_SHEETS, readSheet } from './workbook-sheet.ts';
import { cellStyles } from './workbook-styles.ts';
import { sharedTexts } from './workbook-texts.ts';

/** Sheets that have anything in them; rows name theirs by its place. @throws WorkbookError */
export async function readWorkbook(bytes: Uint8Array, bounds: Bounds): Promise<{ rows: TableRow[]; sheets: FileSheet[] }> {
  const parts = await openParts(bytes);
  if (parts.names.includes('content.xml') && !parts.names.includes('xl/workbook.xml')) return readOds(parts, bounds);
  const { sheets: listed, texts, styles, from1904 } = await contents(parts);
  if (listed.length > MOST_LISTED) throw new WorkbookError('too_many_sheets');
  const book = {
    texts: sharedTexts(texts && (await parts.read(texts))),
    styles: cellStyles(styles && (await parts.read(styles))),
    numbers: new NumberShower(from1904),
  };
  const rows: TableRow[] = [];
  const sheets: FileSheet[] = [];
  for (const { name, part, hidden } of listed) {
    const xml = await parts.read(part);
    const read = xml === undefined ? undefined : readSheet(xml, book, bounds);
    if (!read || read.rows.length === 0) continue;
    const sheet = sheets.length;
    if (sheet === MOST_SHEETS) throw new WorkbookError('too_many_sheets');
    if (rows.length + read.rows.length > bounds.rows) {
      // A long list beside the scope is named and left; a scope so long is refused whole.
      if (missingColumns(proposeMapping(read.rows.map(({ cells }) => cells)).columns).length === 0 || listed.length === 1)
        throw new WorkbookError('too_many_rows', read.endedAt ?? read.rows.at(-1)?.line);
      sheets.push({ name, hidden, remarks: [{ code: 'sheet_too_long', found: '' }] });
      continue;
    }
    for (const row of read.rows) rows.push(sheet === 0 ? row : { ...row, sheet });
    sheets.push({ name, hidden, hiddenColumns: read.hiddenColumns, remarks: remarksOf(hidden, read) });
  }
  if (rows.length === 0 && sheets.length > 0) throw new WorkbookError('too_many_rows', bounds.rows);
  return { rows, sheets };
}

function remarksOf(hidden: boolean, { hiddenColumns, hiddenLines }: ReturnType<typeof readSheet>): SheetRemark[] {
  const remarks: SheetRemark[] = [];
  if (hidden) remarks.push({ code: 'hidden_sheet', found: '' });
  if (hiddenLines > 0) remarks.push({ code: 'hidden_lines', found: String(hiddenLines) });
  if (hiddenColumns.length > 0) remarks.push({ code: 'hidden_columns', found: hiddenColumns.slice(0, 10).map(columnLetters).join(', ') });
  return remarks;
}

interface Contents {
  sheets: { name: string; part: string; hidden: boolean }[];
  texts: string | undefined;
  styles: string | undefined;
  from1904: boolean;
}

/** What is where: by relationships, else by the names that are usual. @throws WorkbookError */
async function contents(parts: Parts): Promise<Contents> {
  const [office] = (await relationshipsOf(parts, '')).filter(({ type }) => type === 'officeDocument');
  const book = office?.target ?? 'xl/workbook.xml';
  if (book.toLowerCase().endsWith('.bin')) throw new WorkbookError('old_excel');
  const xml = await parts.read(book);
  const related = xml === undefined ? [] : await relationshipsOf(parts, book);
  const byId = new Map(related.map((one) => [one.id, one]));
  const part = (type: string) => related.find((one) => one.type === type)?.target;
  const found = { sheets: [] as Contents['sheets'], texts: part('sharedStrings'), styles: part('styles'), from1904: false };
  if (xml !== undefined)
    walk(xml, {
      open: (name, attributes) => {
        if (name === 'workbookPr') found.from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
        if (name !== 'sheet') return;
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
        const to = byId.get(id ?? '');
        if (to?.type === 'worksheet')
          found.sheets.push({ name: attributes.name ?? '', part: to.target, hidden: (attributes.state ?? 'visible') !== 'visible' });
      },
    });
  return found.sheets.length > 0 ? found : byUsualNames(parts, found.from1904);
}

function byUsualNames(parts: Parts, from1904: boolean): Contents {
  const names = parts.names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort(byNumber);
  if (names.length === 0) throw new WorkbookError('not_a_table');
  const sheets = names.map((part) => ({ name: /([^/]+)\.xml$/.exec(part)?.[1] ?? '', part, hidden: false }));
  return { sheets, texts: 'xl/sharedstrings.xml', styles: 'xl/styles.xml', from1904 };
}

/** sheet2 before sheet10. */
const byNumber = (a: string, b: string) => Number(/\d+/.exec(a)?.[0] ?? 0) - Number(/\d+/.exec(b)?.[0] ?? 0);
