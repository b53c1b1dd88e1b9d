/** A calendar file cut into its parts, each with only the lines that say when it is: other lines cost nothing. */
import { type ContentLine, contentLine, plainText, unfoldedLines } from './content-lines.ts';
import { cutPart } from './cut-off.ts';

export type CalendarPart = {
  kind: 'VEVENT' | 'VFREEBUSY' | 'VTIMEZONE';
  /** Of its BEGIN, from 1. */
  line: number;
  /** Number of the calendar it stands in: several may stand one behind the other. */
  calendar: number;
  lines: ContentLine[];
  /** Of a zone: STANDARD and DAYLIGHT. */
  within: ContentLine[][];
};

export type Calendar = {
  method: string;
  /** What X-WR-TIMEZONE says of it, which is in no standard and in most files; empty: nothing. */
  zone: string;
  /** The last line before the file breaks off, when END is missing. */
  cutOff?: number;
};

const WANTED: Record<CalendarPart['kind'], ReadonlySet<string>> = {
  VEVENT: new Set([
    ...['UID', 'SEQUENCE', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID'],
    ...['STATUS', 'TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS'],
  ]),
  VFREEBUSY: new Set(['FREEBUSY']),
  VTIMEZONE: new Set(['TZID']),
};
const CLOCK_LINES = new Set(['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO', 'RRULE', 'RDATE']);
const CALENDAR_LINES = new Set(['METHOD', 'X-WR-TIMEZONE']);
/** Those that stand in a calendar itself: one within another means that an END is missing. */
const MEMBERS = new Set(['VEVENT', 'VFREEBUSY', 'VTIMEZONE', 'VTODO', 'VJOURNAL']);
const EDGE = /^(BEGIN|END)\s*:\s*([\w-]+)\s*$/i;

const kindOf = (name: string) => (Object.hasOwn(WANTED, name) ? (name as CalendarPart['kind']) : undefined);

/**
 * Walks through the file. What stands outside of a calendar is passed over.
 * @param each with the calendars met so far; a METHOD is known when its calendar has ended
 * @returns the calendars, none where the file is no calendar
 */
export function walkParts(file: string, kinds: ReadonlySet<CalendarPart['kind']>, each: (part: CalendarPart) => void): Calendar[] {
  const calendars: Calendar[] = [];
  /** Names from the calendar inwards; the part is the one at depth two. */
  let open: string[] = [];
  let part: CalendarPart | undefined;
  let last = 0;
  const close = (depth: number) => {
    if (part && depth < 2) {
      each(part);
      part = undefined;
    }
    open = open.slice(0, depth);
  };
  const breakOff = () => {
    const calendar = calendars.at(-1);
    if (calendar) calendar.cutOff = last;
    part = part && cutPart(part, last);
    close(0);
  };
  for (const raw of unfoldedLines(file)) {
    const edge = EDGE.exec(raw.text);
    if (!edge) {
      last = raw.line;
      const calendar = calendars.at(-1);
      if (part) readLine(part, open, raw);
      else if (open.length === 1 && calendar) readCalendarLine(calendar, raw);
      continue;
    }
    const name = (edge[2] as string).toUpperCase();
    if (edge[1]?.toUpperCase() === 'END') {
      const depth = open.lastIndexOf(name);
      if (depth >= 0) close(depth);
      continue;
    }
    if (name === 'VCALENDAR') {
      if (open.length > 0) breakOff();
      calendars.push({ method: '', zone: '' });
    } else if (open.length === 0) continue;
    else if (MEMBERS.has(name)) close(1);
    last = raw.line;
    open.push(name);
    const kind = open.length === 2 ? kindOf(name) : undefined;
    if (kind && kinds.has(kind)) part = { kind, line: raw.line, calendar: calendars.length - 1, lines: [], within: [] };
    else if (part?.kind === 'VTIMEZONE' && open.length === 3) part.within.push([]);
  }
  if (open.length > 0) breakOff();
  return calendars;
}

function readCalendarLine(calendar: Calendar, raw: { line: number; text: string }): void {
  const line = contentLine(raw, CALENDAR_LINES);
  if (line?.name === 'METHOD') calendar.method ||= line.value.toUpperCase();
  else if (line) calendar.zone ||= plainText(line.value);
}

/** Only lines directly in the part: what is nested in an event (alarms) is not needed. */
function readLine(part: CalendarPart, open: readonly string[], raw: { line: number; text: string }): void {
  const [into, wanted] = open.length === 2 ? [part.lines, WANTED[part.kind]] : [part.within.at(-1), CLOCK_LINES];
  if (!into || (open.length > 2 && part.kind !== 'VTIMEZONE')) return;
  const line = contentLine(raw, wanted);
  if (line) into.push(line);
}
