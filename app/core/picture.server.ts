/** Pictures people bring: decoded and drawn anew, so that what is sent on is a picture and nothing else (no place it was taken at, no second file in it). */
import { type CheckedFile, checkFile, type FileFault, MOST_FILE_BYTES, plainName } from './files.server.ts';

/** Pixels of the longer side that a page has use for. */
const LONGEST_SIDE = 1600;
/** Above it a picture is no photo but a way to fill the memory. */
const MOST_PIXELS = 50_000_000;
const LONGEST_SECONDS = 3;
/** A progressive JPEG comes in some ten passes; each costs as much as the whole. */
const MOST_PASSES = 30;
/** One at a time: drawing takes threads that passwords, files and compression need too. */
const MOST_WAITING = 16;

export type PictureFault = FileFault | 'picture_broken' | 'picture_busy';

/** WebP begins with RIFF and its length. */
const isWebp = (bytes: Uint8Array) =>
  Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'RIFF' && Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP';

let waiting = 0;
let turn: Promise<unknown> = Promise.resolve();

/** A PDF as it is; a JPEG, PNG or WebP upright, at most 1600 pixels long, as WebP. */
export async function checkPicture(name: string, bytes: Uint8Array): Promise<CheckedFile | { fault: PictureFault }> {
  const checked = isWebp(bytes) && bytes.length <= MOST_FILE_BYTES ? { name, type: 'image/webp', bytes } : checkFile(name, bytes);
  if ('fault' in checked || checked.type === 'application/pdf') return checked;
  if (checked.type === 'image/jpeg' && passesOf(bytes) > MOST_PASSES) return { fault: 'picture_broken' };
  if (waiting >= MOST_WAITING) return { fault: 'picture_busy' };
  waiting++;
  const drawn = turn.then(() => draw(bytes));
  turn = drawn.catch(() => undefined);
  try {
    return { name: plainName(name, '.webp'), type: 'image/webp', bytes: await drawn };
  } catch {
    return { fault: 'picture_broken' };
  } finally {
    waiting--;
  }
}

async function draw(bytes: Uint8Array): Promise<Uint8Array> {
  // Loaded when the first picture comes: it brings machine code with it.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .timeout({ seconds: LONGEST_SECONDS })
    .autoOrient()
    .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();
}

/** How often a scan begins (marker FF DA); inside one, FF stands before 00 alone. */
function passesOf(bytes: Uint8Array): number {
  let passes = 0;
  for (let i = bytes.indexOf(0xff); i >= 0 && i < bytes.length; i = bytes.indexOf(0xff, i + 1)) if (bytes[i + 1] === 0xda) passes++;
  return passes;
}
