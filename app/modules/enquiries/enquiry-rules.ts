/** What an enquiry and its answer may hold. */
import type { EnquiryState } from '#db/schema/enquiries.ts';

/** A page of plain writing. */
export const MOST_TEXT = 2_000;
/** The summary of a search, as one line. */
export const MOST_SAID = 300;
/** Centres asked at once: enough to compare, too few for a mailing. */
export const MOST_CENTRES = 5;
/** So many of a firm wait for an answer at once. */
export const MOST_OPEN = 40;
export const MOST_PIECES = 100_000;
/** ¥100,000,000: above it is a slip of the keyboard. */
const MOST_CENTS = 10_000_000_000;

/** One line break is one character, whatever the browser sends for it. */
export const plainText = (typed: string): string => typed.replaceAll(/\r\n?/g, '\n').trim();

export type TextFault = 'needed' | 'too_long' | 'bad_character';

/** Of a text as `plainText` gives it. Line breaks and tabs may stand in it, other control characters not. */
export function textFault(text: string): TextFault | undefined {
  if (text === '') return 'needed';
  if (text.length > MOST_TEXT) return 'too_long';
  return /[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed() ? 'bad_character' : undefined;
}

/** Yuan as typed, in 分; null when left empty. Full-width digits and separators of thousands are read. */
export function readPrice(typed: string): number | null | 'unreadable' {
  const plain = typed
    .normalize('NFKC')
    .replace(/^[¥￥]/, '')
    .replaceAll(/[\s,]/g, '');
  if (plain === '') return null;
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return 'unreadable';
  const amount = Math.round(Number(plain) * 100);
  return amount > 0 && amount <= MOST_CENTS ? amount : 'unreadable';
}

/** A day as a date field sends it, today or later and within two years; '' when left empty. @param today ISO day */
export function readDay(typed: string, today: string): string | 'unreadable' | 'past' {
  if (typed === '') return '';
  const at = Date.parse(`${typed}T00:00:00Z`);
  const ahead = 2 * 366 * 86_400_000;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== typed) return 'unreadable';
  if (typed < today) return 'past';
  return at - Date.parse(`${today}T00:00:00Z`) > ahead ? 'unreadable' : typed;
}

/** Only what is open is answered, declined or withdrawn; nothing comes after that. */
export const isOpen = (state: EnquiryState): boolean => state === 'open';
