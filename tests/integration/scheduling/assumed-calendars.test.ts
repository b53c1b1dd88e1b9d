import { describe, expect, it } from 'vitest';
import { readBusyCalendar, readBusyCalendars } from '#app/modules/scheduling/busy/read-again.server.ts';
import { busyCalendar, closure } from '#db/schema/scheduling.ts';
import { shanghai } from '#tests/support/market.ts';
import { type Answer, calendar, market, publisher, stamp } from './busy-market.ts';
import { expectRollupKept } from './rollup-check.ts';

const HOUR = 3_600_000;
const NINE = shanghai('2026-11-24T09:00');
/** A time in a zone nobody knows; an end that cannot be read; and no time at all. */
const UNCLEAR = [
  'BEGIN:VCALENDAR',
  ...['BEGIN:VEVENT', 'UID:1', 'SUMMARY:看牙', 'DTSTART;TZID=Nowhere:20261124T090000', 'DTEND;TZID=Nowhere:20261124T100000', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:2', `DTSTART:${stamp(NINE + 48 * HOUR)}`, 'DTEND:看牙之后', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:3', 'SUMMARY:看牙', 'DTSTART:看牙那天', 'END:VEVENT'],
  'END:VCALENDAR',
].join('\r\n');
const ASSUMED = [
  { reason: 'zone', found: 'Nowhere', lines: [5], count: 1 },
  { reason: 'end', found: '', lines: [11], count: 1 },
];

describe('a calendar that is not clear', () => {
  it('blocks what is known of it, and what was assumed is told whenever it is looked at', async () => {
    const { deps, poolId, hold, add, view } = await market();
    const { unread, assumed } = await add({ name: 'a.ics', file: UNCLEAR });
    expect([unread, assumed]).toEqual([[{ line: 13, fault: 'event_time' }], ASSUMED]);
    expect(await hold(NINE)).toBe('slot_taken');
    expect(await hold(NINE + 53 * HOUR)).toBe('slot_taken');
    expect((await view()).calendars).toMatchObject([{ times: 2, fault: { unread: 1, lines: '13' }, assumed: ASSUMED }]);
    const kept = await deps.db.read(async (q) => [await q.select().from(closure), await q.select().from(busyCalendar)]);
    expect(JSON.stringify(kept)).not.toContain('看牙');
    await expectRollupKept(deps, [poolId]);
  });

  it('keeps what was assumed as long as the times it was assumed for', async () => {
    const answers: Record<string, Answer> = { '/a.ics': { body: calendar(NINE) } };
    const { host, at } = await publisher(answers);
    const { deps, m, hold, add, view } = await market(host);
    const { id } = await add({ url: at('/a.ics') });
    expect((await view()).calendars).toMatchObject([{ assumed: [], fault: null }]);
    answers['/a.ics'] = { body: UNCLEAR };
    deps.time.now += 2 * HOUR;
    expect(await readBusyCalendars(deps)).toBe(1);
    expect((await view()).calendars).toMatchObject([{ assumed: ASSUMED, fault: { unread: 1 }, times: 2 }]);
    for (const body of ['gone', 'BEGIN:VCALENDAR', '']) {
      answers['/a.ics'] = { body };
      await readBusyCalendar(deps, m.manager, id);
      expect((await view()).calendars).toMatchObject([{ assumed: ASSUMED, fault: { fault: expect.any(String) }, times: 2 }]);
      expect(await hold(NINE)).toBe('slot_taken');
    }
    // Broken off, it says less and frees nothing.
    answers['/a.ics'] = { body: UNCLEAR.slice(0, -20) };
    await readBusyCalendar(deps, m.manager, id);
    const [torn] = (await view()).calendars;
    expect(torn?.times).toBeGreaterThanOrEqual(2);
    expect(torn?.assumed).toEqual(expect.arrayContaining([...ASSUMED, expect.objectContaining({ reason: 'cut_off' })]));
    expect(await hold(NINE)).toBe('slot_taken');
    answers['/a.ics'] = { body: Buffer.from(`\uFEFF${calendar(NINE + HOUR)}`, 'utf16le') };
    await readBusyCalendar(deps, m.manager, id);
    expect((await view()).calendars).toMatchObject([{ assumed: [], fault: null, times: 1 }]);
    expect(await hold(NINE)).toMatch(/^HJ/);
  });
});
