import { createRequire } from 'node:module';
import { apart } from '#app/core/apart.server.ts';
import { Problem } from '#app/core/problem.ts';
import { type FileResult, isZip, readFile, readPasted } from './read-file.server.ts';

/** What a person brings: a file, or what was pasted. */
export type Brought = { bytes: Uint8Array } | { pasted: string };

/** Texts as long as this are read sooner than a process is up. */
const SHORT = 256 * 1024;
const AGAIN_SECONDS = 20;
/** By its name in the package: the built server is one file elsewhere, and the reader runs the source. */
const READER = createRequire(import.meta.url).resolve('#app/modules/capability/import/read-file.child.ts');
/** A workbook of eighty megabytes, unfolded, takes four seconds on a slow machine, and so do eight megabytes of commas. */
const read = apart<Brought, FileResult>(READER, { longestMs: 25_000, mostMb: 768, atOnce: 2, mostWaiting: 20 });

/** Reads what was brought without stopping anything else. @throws Problem busy */
export async function readApart(brought: Brought): Promise<FileResult> {
  if ('pasted' in brought && brought.pasted.length <= SHORT) return readPasted(brought.pasted);
  if ('bytes' in brought && brought.bytes.length <= SHORT && !isZip(brought.bytes)) return readFile(brought.bytes);
  const done = await read('pasted' in brought ? { pasted: brought.pasted } : { bytes: brought.bytes });
  if ('answer' in done) return done.answer;
  if (done.fault === 'busy') throw new Problem('busy', { seconds: AGAIN_SECONDS });
  return { ok: false, reason: 'bytes' in brought && isZip(brought.bytes) ? 'excel_bomb' : 'not_a_table' };
}
