/** An OpenDocument spreadsheet (.ods) as sheets of rows of text: what its cells show stands in it beside what they hold. */
import { columnLetters, type FileSheet, type SheetRemark, type TableRow } from './table.ts';
import { WorkbookError } from './workbook-error.ts';
import { type Parts, walk } from './workbook-parts.server.ts';
import { type Bounds, fillMerged, MOST_SHEETS, mark } from './workbook-sheet.ts';
import { raised } from './workbook-texts.ts';

type Attributes = Readonly<Record<string, string>>;

/** @throws WorkbookError */
export async function readOds(parts: Parts, bounds: Bounds): Promise<{ rows: TableRow[]; sheets: FileSheet[] }> {
  const xml = await parts.read('content.xml');
  if (xml === undefined) throw new WorkbookError('not_a_table');
  const reader = new OdsReader(bounds);
  walk(xml, reader);
  return { rows: reader.rows, sheets: reader.sheets };
}

/** Rows and cells may stand for many alike; the empty ones after a table stand for a million. */
const times = (attributes: Attributes, name: string, most: number) => Math.min(Math.max(1, Number(attributes[name] ?? 1) || 1), most);

class OdsReader {
  readonly rows: TableRow[] = [];
  readonly sheets: FileSheet[] = [];
  readonly #bounds: Bounds;
  readonly #raisedStyles = new Set<string>();
  readonly #hiddenStyles = new Set<string>();
  readonly #within: { name: string; raised: boolean }[] = [];
  #style = '';
  #merges: string[] = [];
  #sheet = { name: '', hidden: false, line: 0, column: 0, hiddenColumns: [] as number[], hiddenLines: 0, from: 0 };
  #row: TableRow = { line: 0, cells: [] };
  #rowTimes = 1;
  #rowHidden = false;
  #cell = { text: '', times: 1, type: '', formula: false };

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  open(name: string, attributes: Attributes): void {
    const span = name === 'span' && this.#raisedStyles.has(attributes['text:style-name'] ?? '');
    this.#within.push({ name, raised: span || (this.#within.at(-1)?.raised ?? false) });
    if (name === 'style') this.#style = attributes['style:name'] ?? '';
    else if (name === 'text-properties' && /^(?:super|[1-9])/.test(attributes['style:text-position'] ?? ''))
      this.#raisedStyles.add(this.#style);
    else if (name === 'table-properties' && attributes['table:display'] === 'false') this.#hiddenStyles.add(this.#style);
    else if (name === 'table') this.#openSheet(attributes);
    else if (name === 'table-column') this.#openColumn(attributes);
    else if (name === 'table-row') this.#openRow(attributes);
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(attributes);
    else if (name === 'p' && this.#inCell() && this.#cell.text) this.#say('\n');
    else if (name === 'line-break') this.#say('\n');
    else if (name === 's') this.#say(' '.repeat(times(attributes, 'text:c', 100)));
  }

  text(piece: string): void {
    if (!this.#inCell() || !this.#within.some(({ name }) => name === 'p') || this.#within.some(({ name }) => name === 'annotation')) return;
    this.#say(this.#within.at(-1)?.raised ? raised(piece) : piece);
  }

  #say(piece: string): void {
    if (this.#cell.text.length <= this.#bounds.letters) this.#cell.text += piece;
  }

  close(name: string): void {
    this.#within.pop();
    if (name === 'table-cell' || name === 'covered-table-cell') this.#closeCell();
    else if (name === 'table-row') this.#closeRow();
    else if (name === 'table') this.#closeSheet();
  }

  #inCell(): boolean {
    return this.#within.some(({ name }) => name === 'table-cell' || name === 'covered-table-cell');
  }

  #openSheet(attributes: Attributes): void {
    const hidden = this.#hiddenStyles.has(attributes['table:style-name'] ?? '');
    this.#sheet = {
      name: attributes['table:name'] ?? '',
      hidden,
      line: 0,
      column: 0,
      hiddenColumns: [],
      hiddenLines: 0,
      from: this.rows.length,
    };
  }

  #openColumn(attributes: Attributes): void {
    const count = times(attributes, 'table:number-columns-repeated', this.#bounds.columns);
    const hidden = (attributes['table:visibility'] ?? 'visible') !== 'visible';
    const until = Math.min(this.#sheet.column + count, this.#bounds.columns);
    for (let at = this.#sheet.column; at < until && hidden; at += 1) this.#sheet.hiddenColumns.push(at);
    this.#sheet.column += count;
  }

  #openRow(attributes: Attributes): void {
    this.#rowTimes = times(attributes, 'table:number-rows-repeated', 2_000_000);
    this.#rowHidden = (attributes['table:visibility'] ?? 'visible') !== 'visible';
    this.#row = { line: this.#sheet.line + 1, cells: [] };
  }

  #openCell(attributes: Attributes): void {
    const down = times(attributes, 'table:number-rows-spanned', 5000);
    const at = columnLetters(this.#row.cells.length);
    if (down > 1) this.#merges.push(`${at}${this.#row.line}:${at}${this.#row.line + down - 1}`);
    const type = attributes['office:value-type'] ?? '';
    this.#cell = {
      text: '',
      times: times(attributes, 'table:number-columns-repeated', this.#bounds.columns),
      type,
      formula: 'table:formula' in attributes,
    };
  }

  #closeCell(): void {
    const { cells } = this.#row;
    const text = this.#cell.text.trim();
    for (let i = 0; i < this.#cell.times && cells.length < this.#bounds.columns; i += 1) {
      const column = cells.push(text) - 1;
      const code =
        text === '' && this.#cell.formula ? 'uncalculated' : text !== '' && /^(?:date|time)$/.test(this.#cell.type) ? 'day' : undefined;
      if (code) mark(this.#row, { column, code, found: text });
    }
  }

  #closeRow(): void {
    const sheet = this.sheets.length;
    this.#sheet.line += this.#rowTimes;
    if (!this.#row.cells.some(Boolean)) return;
    if (sheet === MOST_SHEETS) throw new WorkbookError('too_many_sheets');
    while (this.#row.cells.at(-1) === '') this.#row.cells.pop();
    for (let i = 0; i < this.#rowTimes; i += 1) {
      if (this.rows.length >= this.#bounds.rows) throw new WorkbookError('too_many_rows', this.#row.line + i);
      // Each has cells and marks of its own: what a merge fills in one is not in the others.
      const marks = [...(this.#row.marks ?? [])];
      if (this.#rowHidden) marks.push({ column: -1, code: 'hidden', found: String(this.#row.line) });
      const cells = [...this.#row.cells];
      this.rows.push({ line: this.#row.line + i, cells, ...(marks.length > 0 ? { marks } : {}), ...(sheet > 0 ? { sheet } : {}) });
      if (this.#rowHidden) this.#sheet.hiddenLines += 1;
    }
  }

  #closeSheet(): void {
    const { name, hidden, hiddenColumns, hiddenLines, from } = this.#sheet;
    if (this.rows.length === from) return;
    fillMerged(this.rows.slice(from), this.#merges);
    this.#merges = [];
    const remarks: SheetRemark[] = [];
    if (hidden) remarks.push({ code: 'hidden_sheet', found: '' });
    if (hiddenLines > 0) remarks.push({ code: 'hidden_lines', found: String(hiddenLines) });
    if (hiddenColumns.length > 0) remarks.push({ code: 'hidden_columns', found: hiddenColumns.slice(0, 10).map(columnLetters).join(', ') });
    this.sheets.push({ name, hidden, hiddenColumns, remarks });
  }
}
