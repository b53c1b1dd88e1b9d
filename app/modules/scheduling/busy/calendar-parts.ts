/** A calendar file cut into its parts, each with the line it begins in: one that cannot be read does not spoil the rest. */

export type CalendarPart = {
  kind: 'vevent' | 'vfreebusy' | 'vtimezone';
  /** From 1. */
  line: number;
  /** From its BEGIN to its END, without alarms. */
  text: string;
};

const KINDS = new Set(['vevent', 'vfreebusy', 'vtimezone']);
const EDGE = /^(BEGIN|END):\s*([\w-]+)\s*$/i;

/**
 * Several calendars one behind the other are one.
 * @returns `not_calendar` for what does not begin as one, `cut_off` for one whose end is missing: a file half sent must free no time
 */
export function calendarParts(file: string): CalendarPart[] | 'not_calendar' | 'cut_off' {
  const parts: CalendarPart[] = [];
  const open: string[] = [];
  let part: CalendarPart | undefined;
  let text: string[] = [];
  let calendars = 0;
  for (const [i, line] of file
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const edge = EDGE.exec(line);
    const name = edge?.[2]?.toLowerCase() ?? '';
    if (!edge) {
      if (open.length === 0 && line.trim() !== '') return calendars === 0 ? 'not_calendar' : 'cut_off';
      // Only what stands directly in the part: of what is nested in an event (alarms) nothing is needed.
      if (part && (open.length === 2 || part.kind === 'vtimezone')) text.push(line);
      continue;
    }
    if (edge[1]?.toUpperCase() === 'BEGIN') {
      if (open.length === 0) {
        if (name !== 'vcalendar') return calendars === 0 ? 'not_calendar' : 'cut_off';
        calendars++;
      }
      open.push(name);
      if (open.length === 2 && KINDS.has(name)) {
        part = { kind: name as CalendarPart['kind'], line: i + 1, text: '' };
        text = [];
      }
      if (part && (open.length === 2 || part.kind === 'vtimezone')) text.push(line);
    } else {
      if (open.at(-1) !== name) return calendars === 0 ? 'not_calendar' : 'cut_off';
      if (part && (open.length === 2 || part.kind === 'vtimezone')) text.push(line);
      open.pop();
      if (part && open.length === 1) {
        parts.push({ ...part, text: text.join('\r\n') });
        part = undefined;
      }
    }
  }
  if (calendars === 0) return 'not_calendar';
  return open.length > 0 ? 'cut_off' : parts;
}
