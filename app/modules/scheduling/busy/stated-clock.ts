/** The clock a VTIMEZONE describes (RFC 5545 section 3.6.5). */

import { DAY_MS } from '../local-day.ts';
import type { CalendarPart } from './calendar-parts.ts';
import type { ContentLine } from './content-lines.ts';
import { dateValue, offsetOf } from './date-values.ts';
import { readRule, walkRule } from './repeat-rule.ts';

/** From `at` (UTC ms) on the clock is `offset` ms before UTC. */
type Change = { at: number; offset: number };

/** Clock changes are followed from this year; before it, the offset before the first change holds. */
const FIRST = Date.UTC(1990, 0, 1);
/** Enough for a century of changes listed one by one, or for a rule with a few changes a year. */
const MOST_CHANGES = 300;

/**
 * @param until UTC ms up to which the clock is asked
 * @returns ms before UTC at an instant; nothing when the description cannot be followed
 */
export function statedOffsets({ within }: CalendarPart, until: number): ((instant: number) => number) | undefined {
  const changes: Change[] = [];
  let before: { at: number; offset: number } | undefined;
  for (const lines of within) {
    const found = observance(lines, until);
    if (!found) return undefined;
    changes.push(...found.changes);
    const first = found.changes[0];
    if (first && (!before || first.at < before.at)) before = { at: first.at, offset: found.from };
  }
  if (!before || changes.length > MOST_CHANGES) return undefined;
  const sorted = changes.toSorted((a, b) => a.at - b.at);
  const earlier = before.offset;
  return (instant) => sorted.findLast(({ at }) => at <= instant)?.offset ?? earlier;
}

function observance(lines: readonly ContentLine[], until: number): { changes: Change[]; from: number } | undefined {
  const value = (name: string) => lines.find((line) => line.name === name)?.value.trim() ?? '';
  const to = offsetOf(value('TZOFFSETTO'));
  const start = dateValue(value('DTSTART'));
  if (to === undefined || !start) return undefined;
  const from = offsetOf(value('TZOFFSETFROM')) ?? to;
  const local = [start.day * DAY_MS + start.ms];
  for (const line of lines) {
    if (line.name === 'RDATE')
      for (const text of line.value.split(',')) {
        const date = dateValue(text.split('/')[0] ?? '');
        if (date) local.push(date.day * DAY_MS + date.ms);
      }
    if (line.name !== 'RRULE' || line.value === '') continue;
    const rule = readRule(line.value);
    if (rule.troubles.length > 0 || !YEARLY.has(rule.parts.get('FREQ') ?? '')) return undefined;
    const walls = walkRule(
      { parts: rule.parts, until: rule.until && rule.until.day * DAY_MS + rule.until.ms + (rule.until.offset === undefined ? 0 : from) },
      start,
      { from: FIRST, until },
    );
    if (!walls || walls.length > MOST_CHANGES) return undefined;
    local.push(...walls);
  }
  if (local.length > MOST_CHANGES) return undefined;
  return { from, changes: local.sort((a, b) => a - b).map((wall) => ({ at: wall - from, offset: to })) };
}

/** Clocks change by the year, a few times in it at most. */
const YEARLY = new Set(['YEARLY', 'MONTHLY']);
