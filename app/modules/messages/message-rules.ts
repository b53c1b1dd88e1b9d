/** What a message may hold, how many of them a page shows, and what somebody is to be written to about. */
import type { FileFault } from '#app/core/files.server.ts';

/** A page of plain writing; what is longer is a document, and can be sent as one. */
export const MOST_TEXT = 2_000;
export const MOST_FILES = 5;
/** Together; what the form around them adds must still fit into the request. */
export const MOST_FILES_BYTES = 8 * 1024 * 1024;

export type TextFault = 'needed' | 'too_long' | 'bad_character';

/** One line break is one character, whatever the browser sends for it. */
export const plainText = (typed: string): string => typed.replaceAll(/\r\n?/g, '\n').trim();

/** Of a text as `plainText` gives it. With files it may be empty. Line breaks and tabs may stand in it, other control characters not. */
export function textFault(text: string, files: number): TextFault | undefined {
  if (text === '' && files === 0) return 'needed';
  if (text.length > MOST_TEXT) return 'too_long';
  return /[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed() ? 'bad_character' : undefined;
}

export type FilesFault = 'too_many' | 'together' | FileFault;

/** @param sizes bytes of each file */
export function filesFault(sizes: readonly number[]): FilesFault | undefined {
  if (sizes.length > MOST_FILES) return 'too_many';
  return sizes.reduce((sum, size) => sum + size, 0) > MOST_FILES_BYTES ? 'together' : undefined;
}

/** So many at most on a page, and no more than this much text: a page stays under 60 kB whoever writes however much. */
const MOST_ON_PAGE = 30;
const PAGE_BYTES = 24_000;
/** What the markup around one message and one file costs. */
const MESSAGE_BYTES = 450;
const FILE_BYTES = 300;

/** How many messages are read to fill a page, and to know whether there are more. */
export const READ_FOR_PAGE = MOST_ON_PAGE + 1;

type Shown = { text: string; files: readonly { name: string }[] };

/** As it stands in the page: escaped, in UTF-8. */
const written = (text: string) => new TextEncoder().encode(text.replace(/[&<>"']/g, '&quot;')).length;

/** How many of these, newest first, fit on a page; the newest always does. */
export function fitOnPage(newestFirst: readonly Shown[]): number {
  let bytes = 0;
  let count = 0;
  for (const { text, files } of newestFirst.slice(0, MOST_ON_PAGE)) {
    bytes += MESSAGE_BYTES + written(text) + files.reduce((sum, { name }) => sum + FILE_BYTES + written(name), 0);
    if (count > 0 && bytes > PAGE_BYTES) break;
    count += 1;
  }
  return count;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Several lines are one thought: mail waits until it is likely to be complete, and is not sent when it was read meanwhile. */
const GATHER_MS = 10 * MINUTE_MS;

/** When somebody is written to about what is unread since `firstAt`, and which letter that is: one at once, then one a day at most. */
export const noticeFor = (firstAt: number, now: number): { at: number; day: number } => ({
  at: now + GATHER_MS,
  day: Math.floor((now - firstAt) / DAY_MS),
});
