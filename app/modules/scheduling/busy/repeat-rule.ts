/** Rules by which events repeat (RFC 5545 section 3.3.10, RFC 7529). The library computes occurrences; here the rule is checked before it gets it. */
import { RRuleTemporal } from 'rrule-temporal';
import { DAY_MS } from '../local-day.ts';
import type { Interval } from '../working-calendar.ts';
import { type DateValue, dateValue, type Wall } from './date-values.ts';
import { walkLunarRule } from './lunar-rule.ts';

export type RuleTrouble = 'rule' | 'rule_throughout' | 'rule_end' | 'rule_interval';

export type ReadRule = {
  /** In the words of RFC 5545, without UNTIL. Never empty: what is not understood is a rule for every day. */
  parts: ReadonlyMap<string, string>;
  until: DateValue | undefined;
  troubles: RuleTrouble[];
};

const DAY = '(SU|MO|TU|WE|TH|FR|SA)';
const numbers =
  (least: number, most: number, negative = false) =>
  (text: string) =>
    text.split(',').every((one) => {
      const value = Number(one);
      return /^[+-]?\d{1,3}$/.test(one) && Math.abs(value) >= least && Math.abs(value) <= most && (negative || value >= 0);
    });
const matching = (pattern: RegExp) => (text: string) => pattern.test(text);

const PARTS: Record<string, (text: string) => boolean> = {
  FREQ: matching(/^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/),
  BYSECOND: numbers(0, 60),
  BYMINUTE: numbers(0, 59),
  BYHOUR: numbers(0, 23),
  BYDAY: matching(new RegExp(`^([+-]?\\d{1,2})?${DAY}(,([+-]?\\d{1,2})?${DAY})*$`)),
  BYMONTHDAY: numbers(1, 31, true),
  BYYEARDAY: numbers(1, 366, true),
  BYWEEKNO: numbers(1, 53, true),
  BYMONTH: matching(/^(0?[1-9]|1[0-3])L?(,(0?[1-9]|1[0-3])L?)*$/),
  BYSETPOS: numbers(1, 366, true),
  WKST: matching(new RegExp(`^${DAY}$`)),
  RSCALE: matching(/^(GREGORIAN|CHINESE|HEBREW)$/),
  SKIP: matching(/^(OMIT|BACKWARD|FORWARD)$/),
};

const WITHIN_A_DAY = /HOURLY|MINUTELY|SECONDLY|BYHOUR|BYMINUTE|BYSECOND/;
const MOST_INTERVAL = 100_000;
const MOST_COUNT = 1_000_000;
/** INTERVAL=0, stated once. */
const NO_INTERVAL = /^(?!.*INTERVAL.*INTERVAL).*\bINTERVAL=0+(;|$)/;

/**
 * A part without a value is as if it were not there. A bound that cannot be read, or is said in two ways, is none, and a rule that cannot be read is every day, or every
 * moment when it may be about hours: no occurrence is missed.
 */
export function readRule(text: string): ReadRule {
  const parts = new Map<string, string>();
  const troubles = new Set<RuleTrouble>();
  let until: DateValue | undefined;
  const plain = text
    .replaceAll(/\s+/g, '')
    .toUpperCase()
    .replace(/^RRULE[:=]/, '');
  let known = true;
  for (const part of new Set(plain.split(';'))) {
    const [name = '', ...rest] = part.split('=');
    const value = rest.join('=').split(',').filter(Boolean).join(',');
    if (value === '' && (rest.length > 0 || name === '')) continue;
    if (name === 'UNTIL') {
      const end = dateValue(value);
      if (!end || until) troubles.add('rule_end');
      until = end;
    } else if (name === 'COUNT' || name === 'INTERVAL') {
      const number = Number(/^\+?\d+$/.test(value) ? value : Number.NaN);
      const isRead = number >= 1 && number <= (name === 'COUNT' ? MOST_COUNT : MOST_INTERVAL);
      if (!isRead || parts.has(name)) troubles.add(name === 'COUNT' ? 'rule_end' : 'rule_interval');
      else parts.set(name, String(number));
    } else if (PARTS[name]?.(value) && !parts.has(name)) parts.set(name, value);
    else if (!name.startsWith('X-')) known = false;
  }
  if (troubles.has('rule_end')) until = undefined;
  if (troubles.has('rule_interval')) parts.delete('INTERVAL');
  if (!known || !parts.has('FREQ') || !fitting(parts)) {
    troubles.add(WITHIN_A_DAY.test(plain) ? 'rule_throughout' : 'rule');
    return { parts: new Map([['FREQ', 'DAILY']]), until, troubles: [...troubles] };
  }
  // COUNT of a rule that was only partly read would count other occurrences. INTERVAL=0 is let pass: some programs write it for 1.
  if (troubles.has('rule_end') || (troubles.has('rule_interval') && !NO_INTERVAL.test(plain))) parts.delete('COUNT');
  // Only one of the two may stand there: the series goes on until the later.
  if (until && parts.has('COUNT')) troubles.add('rule_end');
  return { parts, until, troubles: [...troubles] };
}

/** Parts that RFC 5545 does not allow together are ignored. */
function fitting(parts: ReadonlyMap<string, string>): boolean {
  const freq = parts.get('FREQ') ?? '';
  const of = (name: string, ...freqs: string[]) => !parts.has(name) || freqs.includes(freq);
  const ordinals = /\d/.test(parts.get('BYDAY') ?? '');
  return (
    of('BYWEEKNO', 'YEARLY') &&
    of('BYMONTHDAY', 'YEARLY', 'MONTHLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY') &&
    of('BYYEARDAY', 'YEARLY', 'HOURLY', 'MINUTELY', 'SECONDLY') &&
    (!ordinals || freq === 'MONTHLY' || (freq === 'YEARLY' && !parts.has('BYWEEKNO'))) &&
    (!parts.has('BYSETPOS') || [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS')) &&
    (parts.has('RSCALE') ? true : !parts.has('SKIP') && !/L|13/.test(parts.get('BYMONTH') ?? ''))
  );
}

/** Periods after which the library gives up. (Its limit of candidates stays at the default: when set, it is ten times slower.) */
const MOST_TURNS = 50_000;

const stamp = (ms: number) => `${new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`;

/**
 * Where the rule comes to within a stretch: ms of a clock as if it were UTC, as all in and out of here.
 * @returns nothing when it takes too long, or is beyond what is known of the Chinese calendar
 */
export function walkRule(
  { parts, until }: { parts: ReadonlyMap<string, string>; until: number | undefined },
  start: Wall,
  within: Interval,
): number[] | undefined {
  const begin = start.day * DAY_MS + start.ms;
  if (until !== undefined && until < Math.max(begin, within.from)) return [];
  if (parts.get('RSCALE') === 'CHINESE') return walkLunarRule({ parts, until }, start, within);
  const rscale = parts.has('RSCALE') ? `RSCALE=${parts.get('RSCALE')};` : '';
  const rest = [...parts].filter(([name]) => name !== 'RSCALE').map(([name, value]) => `${name}=${value}`);
  const end = until === undefined ? [] : [`UNTIL=${stamp(until)}`];
  try {
    return new RRuleTemporal({
      rruleString: `DTSTART;TZID=UTC:${stamp(begin).slice(0, -1)}\nRRULE:${rscale}${[...rest, ...end].join(';')}`,
      cache: false,
      maxIterations: MOST_TURNS,
    })
      .between(new Date(Math.max(within.from, begin)), new Date(within.until), true)
      .map(({ epochMilliseconds }) => epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** Every day at the hour of the beginning: for a rule by days or longer that takes too long to compute. No occurrence is missed. */
export function everyDay(
  { parts, until }: { parts: ReadonlyMap<string, string>; until: number | undefined },
  start: Wall,
  within: Interval,
): number[] | undefined {
  if ([...parts].some(([name, value]) => WITHIN_A_DAY.test(name) || WITHIN_A_DAY.test(value))) return undefined;
  return walkRule({ parts: new Map([['FREQ', 'DAILY']]), until }, start, within);
}
