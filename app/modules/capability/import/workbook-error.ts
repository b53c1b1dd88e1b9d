/** Why a workbook is not read. `line`: where, counted from 1. */
export class WorkbookError extends Error {
  readonly reason: 'broken_excel' | 'excel_bomb' | 'too_many_rows' | 'too_many_sheets' | 'not_a_table' | 'old_excel';
  readonly line: number | undefined;

  constructor(reason: WorkbookError['reason'], line?: number) {
    super(reason);
    this.reason = reason;
    this.line = line;
  }
}
