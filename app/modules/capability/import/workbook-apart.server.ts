import { createRequire } from 'node:module';
import { apart } from '#app/core/apart.server.ts';
import { Problem } from '#app/core/problem.ts';
import type { readWorkbook } from './read-workbook.server.ts';
import { WorkbookError } from './workbook-error.ts';
import type { Bounds } from './workbook-sheet.ts';

type Read = Awaited<ReturnType<typeof readWorkbook>>;
type Refused = { reason: WorkbookError['reason']; line: number | undefined };

const AGAIN_SECONDS = 20;
/** By its name in the package: the built server is one file elsewhere, and the reader runs the source. */
const READER = createRequire(import.meta.url).resolve('#app/modules/capability/import/read-workbook.child.ts');
/** Eighty megabytes, unfolded, take four seconds on a slow machine. */
const read = apart<{ bytes: Uint8Array; bounds: Bounds }, Read | Refused>(READER, {
  longestMs: 25_000,
  mostMb: 768,
  atOnce: 2,
  mostWaiting: 20,
});

/** A workbook read without stopping anything else. @throws WorkbookError; Problem busy */
export async function readWorkbookApart(bytes: Uint8Array, bounds: Bounds): Promise<Read> {
  const done = await read({ bytes, bounds });
  if ('fault' in done) {
    if (done.fault === 'busy') throw new Problem('busy', { seconds: AGAIN_SECONDS });
    throw new WorkbookError('excel_bomb');
  }
  if ('reason' in done.answer) throw new WorkbookError(done.answer.reason, done.answer.line);
  return done.answer;
}
