/** Pictures people bring: decoded and drawn anew, so that what is sent on is a picture and nothing else (no place it was taken at, no second file in it). */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Tinypool } from 'tinypool';
import { type CheckedFile, checkFile, type FileFault, MOST_FILE_BYTES, plainName } from './files.server.ts';

/** A progressive JPEG comes in some ten passes; each costs as much as the whole. */
const MOST_PASSES = 30;
/** One at a time: it takes a processor for itself. */
const MOST_WAITING = 16;
/** With the waiting: sixteen of the slowest. */
const LONGEST_MS = 60_000;
/** A process that draws has 60 MB more than it had before, and gives them back only with its end. */
const IDLE_MS = 30_000;

export type PictureFault = FileFault | 'picture_broken' | 'picture_busy';

/** WebP begins with RIFF and its length. */
const isWebp = (bytes: Uint8Array) =>
  Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'RIFF' && Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP';

let waiting = 0;
let pool: Promise<Tinypool> | undefined;

/** Pictures of strangers are decoded by machine code: in a process of its own, which knows nothing of the site and may end at any time. */
async function open(): Promise<Tinypool> {
  const { Tinypool } = await import('tinypool');
  const made = new Tinypool({
    runtime: 'child_process',
    serialization: 'advanced',
    // By its name in the package: the built server is one file elsewhere, and this process runs the source.
    filename: pathToFileURL(createRequire(import.meta.url).resolve('#app/core/picture.child.ts')).href,
    env: {},
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  // One that ends while it has nothing to draw: the next picture has another.
  made.on('error', () => {});
  return made;
}

/** A PDF as it is; a JPEG, PNG or WebP upright, at most 1600 pixels long, as WebP. */
export async function checkPicture(name: string, bytes: Uint8Array): Promise<CheckedFile | { fault: PictureFault }> {
  const checked = isWebp(bytes) && bytes.length <= MOST_FILE_BYTES ? { name, type: 'image/webp', bytes } : checkFile(name, bytes);
  if ('fault' in checked || checked.type === 'application/pdf') return checked;
  if (checked.type === 'image/jpeg' && passesOf(bytes) > MOST_PASSES) return { fault: 'picture_broken' };
  if (waiting >= MOST_WAITING) return { fault: 'picture_busy' };
  waiting++;
  try {
    pool ??= open();
    const drawn = await (await pool).run(bytes, { signal: AbortSignal.timeout(LONGEST_MS) });
    return { name: plainName(name, '.webp'), type: 'image/webp', bytes: drawn };
  } catch {
    return { fault: 'picture_broken' };
  } finally {
    waiting--;
  }
}

/** How often a scan begins (marker FF DA); inside one, FF stands before 00 alone. */
function passesOf(bytes: Uint8Array): number {
  let passes = 0;
  for (let i = bytes.indexOf(0xff); i >= 0 && i < bytes.length; i = bytes.indexOf(0xff, i + 1)) if (bytes[i + 1] === 0xda) passes++;
  return passes;
}
