/** How the cells of a workbook look, as far as it changes what they say: their number formats, raised and crossed out ones. */
import { formatCode } from './cell-number.ts';
import { WorkbookError } from './workbook-error.ts';
import { walk } from './workbook-parts.server.ts';
import { type Look, readLook } from './workbook-texts.ts';

export interface CellStyle extends Look {
  format: string;
  indented?: boolean;
}

/** Excel keeps 65,490; what has more is made to be slow. */
const MOST_STYLES = 70_000;
const LONGEST_PART = 16 * 1024 * 1024;

/** By the number a cell points with (`s`). */
export function cellStyles(xml: string | undefined): CellStyle[] {
  const styles: CellStyle[] = [];
  if (xml === undefined) return styles;
  if (xml.length > LONGEST_PART) throw new WorkbookError('excel_bomb');
  const formats = new Map<number, string>();
  const fonts: Look[] = [];
  const within: string[] = [];
  walk(xml, {
    open: (name, attributes) => {
      const parent = within.at(-1);
      within.push(name);
      if (within.length > 100 || styles.length > MOST_STYLES || formats.size > MOST_STYLES || fonts.length > MOST_STYLES)
        throw new WorkbookError('excel_bomb');
      if (name === 'numFmt' && parent === 'numFmts') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'font' && parent === 'fonts') fonts.push({});
      else if (parent === 'font' && fonts.length > 0) readLook(fonts.at(-1) as Look, name, attributes);
      else if (name === 'xf' && parent === 'cellXfs')
        styles.push({ format: formatCode(Number(attributes.numFmtId ?? 0), formats), ...fonts[Number(attributes.fontId ?? 0)] });
      else if (name === 'alignment' && parent === 'xf' && within.at(-3) === 'cellXfs' && Number(attributes.indent) > 0)
        (styles.at(-1) as CellStyle).indented = true;
    },
    close: () => {
      within.pop();
    },
  });
  return styles;
}
