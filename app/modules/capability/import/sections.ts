/** Sections of a file: what stands below a line that only names something, such as 一、几何量. */
import { rowKey } from './decisions.ts';
import { linesOf, type TableRow } from './judge-table.ts';

export interface Section {
  /** Key of the line that names it. */
  key: string;
  name: string;
  rows: string[];
}

/** A heading says little: more cells than these are a row. */
const MOST_CELLS = 3;
const MOST_NAME = 60;

/** @param stated keys of the rows that state something, and the line the headings stand in by sheet */
export function sectionsOf(
  table: readonly TableRow[],
  sheets: readonly { headings: number }[],
  stated: { has(key: string): boolean },
): Section[] {
  return sheets.flatMap(({ headings }, sheet) => {
    const sections: Section[] = [];
    for (const { line, cells } of linesOf(table, sheet).slice(headings + 1)) {
      const key = rowKey({ sheet, line });
      const texts = cells.map((cell) => cell.trim()).filter(Boolean);
      if (stated.has(key)) sections.at(-1)?.rows.push(key);
      else if (texts.length > 0 && texts.length <= MOST_CELLS) sections.push({ key, name: texts.join(' ').slice(0, MOST_NAME), rows: [] });
    }
    return sections.filter(({ rows }) => rows.length > 0);
  });
}
