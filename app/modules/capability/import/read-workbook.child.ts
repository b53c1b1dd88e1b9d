/** Runs in a process of its own: a workbook that unfolds without end holds up nobody else. */
import { readWorkbook } from './read-workbook.server.ts';
import { WorkbookError } from './workbook-error.ts';
import type { Bounds } from './workbook-sheet.ts';

process.once('message', async ({ bytes, bounds }: { bytes: Uint8Array; bounds: Bounds }) => {
  const answer = await readWorkbook(bytes, bounds).catch((error: unknown) => {
    if (error instanceof WorkbookError) return { reason: error.reason, line: error.line };
    throw error;
  });
  process.send?.(answer, () => process.disconnect());
});
