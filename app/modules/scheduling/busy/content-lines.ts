/** The lines of an iCalendar text (RFC 5545 section 3.1), and of those that are asked for their parts. */

export type ContentLine = {
  /** From 1, of the text as it stands. */
  line: number;
  /** In capitals. */
  name: string;
  /** Names in capitals. */
  params: ReadonlyMap<string, string>;
  value: string;
};

const BREAK = /\r*\n|\r/g;
/** Lines longer than this say nothing about times that is worth the memory. */
const LONGEST_LINE = 1024 * 1024;

/** Unfolded lines: one that begins with a blank goes on from the one before it. Empty ones are passed over. */
export function* unfoldedLines(text: string): Generator<{ line: number; text: string }> {
  let whole: { line: number; text: string } | undefined;
  let line = 0;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at <= text.length; ) {
    BREAK.lastIndex = at;
    const found = BREAK.exec(text);
    const end = found ? found.index : text.length;
    line++;
    const first = text.charCodeAt(at);
    if (end > at) {
      if (whole && (first === 32 || first === 9)) {
        if (whole.text.length < LONGEST_LINE) whole.text += text.slice(at + 1, end);
      } else {
        if (whole) yield whole;
        // The first may stand apart from the margin.
        whole = { line, text: whole ? text.slice(at, end) : text.slice(at, end).trimStart() };
      }
    }
    at = found ? found.index + found[0].length : text.length + 1;
  }
  if (whole) yield whole;
}

const NAME = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)\s*(?=[;:])/;
/** What the values of these look like: names of zones hold colons, which stand in quotes or do not. */
const DATES = /^\s*\d{4}-?\d\d-?\d\d/;
const DATED = new Set(['DTSTART', 'DTEND', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'FREEBUSY']);

/** @returns nothing for a line without a name, or with one that is not asked for */
export function contentLine({ line, text }: { line: number; text: string }, wanted: ReadonlySet<string>): ContentLine | undefined {
  const head = NAME.exec(text);
  const name = head?.[1]?.toUpperCase();
  if (!head || !name || !wanted.has(name)) return undefined;
  const rest = text.slice(head[0].length);
  const outside = colons(rest, true);
  const fits = (at: number) => DATES.test(rest.slice(at + 1));
  const at = DATED.has(name) ? (outside.find(fits) ?? colons(rest, false).find(fits) ?? outside[0]) : outside[0];
  const cut = at ?? rest.indexOf(':');
  if (cut < 0) return undefined;
  return { line, name, params: parameters(rest.slice(0, cut)), value: rest.slice(cut + 1).trimEnd() };
}

function colons(text: string, minding: boolean): number[] {
  const found: number[] = [];
  let quoted = false;
  for (let i = 0; i < text.length && found.length < MOST_COLONS; i++) {
    if (text[i] === '"' && minding) quoted = !quoted;
    else if (text[i] === ':' && !quoted) found.push(i);
  }
  return found;
}
const MOST_COLONS = 20;

/** `;TZID="a;b";VALUE=DATE`: quotes that do not close are letters like others. */
function parameters(text: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  const closed = (text.split('"').length - 1) % 2 === 0;
  for (const part of text.match(closed ? /(?:[^;"]|"[^"]*")+/g : /[^;]+/g) ?? []) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim().toUpperCase();
    if (!params.has(name))
      params.set(
        name,
        part
          .slice(equals + 1)
          .replaceAll('"', '')
          .trim(),
      );
  }
  return params;
}

/** As text stands in a value or a parameter (RFC 5545 section 3.3.11, RFC 6868). */
export const plainText = (text: string): string =>
  text
    .replace(/^"(.*)"$/, '$1')
    .replaceAll(/\\([\\;,:"nN])/g, (_all, letter: string) => (letter.toLowerCase() === 'n' ? ' ' : letter))
    .replaceAll(/\^([n^'])/g, (_all, letter: string) => ({ n: ' ', '^': '^', "'": '"' })[letter] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
