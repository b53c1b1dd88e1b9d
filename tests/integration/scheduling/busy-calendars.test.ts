import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { addBusyCalendar } from '#app/modules/scheduling/busy/add-busy-calendar.server.ts';
import { fetchCalendar } from '#app/modules/scheduling/busy/fetch-calendar.server.ts';
import { readBusyCalendar, readBusyCalendars } from '#app/modules/scheduling/busy/read-again.server.ts';
import { removeBusyCalendar } from '#app/modules/scheduling/busy/remove-busy-calendar.server.ts';
import { removeClosure } from '#app/modules/scheduling/remove-closure.server.ts';
import { viewBusyCalendars } from '#app/read-models/view-busy-calendars.server.ts';
import { busyCalendar, closure } from '#db/schema/scheduling.ts';
import { seedMarket, shanghai } from '#tests/support/market.ts';
import { type Answer, calendar, market, publisher, stamp } from './busy-market.ts';
import { expectRollupKept } from './rollup-check.ts';

const HOUR = 3_600_000;
const NINE = shanghai('2026-11-24T09:00');
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    ({ code, facts }: { code?: string; facts?: Record<string, string> }) => [code, facts?.field, facts?.reason].filter(Boolean).join(' '),
  );

describe('a calendar from a file', () => {
  it('takes its times out of sale and keeps nothing of what they are for', async () => {
    const { deps, m, poolId, hold, add, view } = await market();
    const { id, events } = await add({ name: '个人.ics', file: calendar(NINE, NINE + 48 * HOUR) });
    expect(events).toBe(2);
    expect(await hold(NINE)).toBe('slot_taken');
    const { calendars, booked } = await view();
    expect(calendars).toMatchObject([
      { id, name: '个人.ics', again: false, times: 2, fault: null, next: { from: NINE, until: NINE + HOUR } },
    ]);
    expect(booked).toEqual([]);
    expect(JSON.stringify(await deps.db.read((q) => q.select().from(closure)))).not.toContain('看牙');
    await expectRollupKept(deps, [poolId]);
    await removeBusyCalendar(deps, m.manager, id);
    expect(await hold(NINE)).toMatch(/^HJ/);
    await expectRollupKept(deps, [poolId]);
  });

  it('names the bookings that lie in its times, which stay booked', async () => {
    const { hold, add, view } = await market();
    const number = await hold(NINE);
    await add({ name: 'a.ics', file: calendar(NINE + HOUR / 2) });
    expect((await view()).booked).toEqual([{ number, at: NINE + HOUR / 2 }]);
  });

  it('is given back whole when it is no calendar, with what is wrong', async () => {
    const { deps, add } = await market();
    expect(await refusal(add({ name: 'a.ics', file: 'hello' }))).toBe('invalid_form file not_calendar');
    expect(await refusal(add({ name: 'a.ics', file: 'BEGIN:VCALENDAR\r\n' }))).toBe('invalid_form file cut_off');
    expect(await deps.db.read((q) => q.select().from(busyCalendar))).toEqual([]);
    const half = await add({ name: 'a.ics', file: calendar(NINE, NINE + HOUR * 3).replace(stamp(NINE), '20261399T000000Z') });
    expect(half.unread).toEqual([{ line: 2, fault: 'event_time' }]);
  });

  it('is brought by who plans the centre’s time, for its own resources, a few for each', async () => {
    const { deps, m, poolId, resourceId, add, view } = await market();
    const other = await seedMarket(deps.db, { pools: [1] });
    const source = { name: 'a.ics', file: calendar(NINE) };
    expect(await refusal(add(source, m.technician))).toBe('forbidden');
    expect(await refusal(add(source, other.manager))).toBe('not_found');
    expect(await refusal(addBusyCalendar(deps, m.manager, { poolId, resourceId: other.resourceIds[0]?.[0] ?? '', source }))).toBe(
      'not_found',
    );
    const { id } = await add(source);
    expect(await refusal(removeBusyCalendar(deps, other.manager, id))).toBe('not_found');
    expect(await refusal(removeBusyCalendar(deps, m.technician, id))).toBe('forbidden');
    expect(await refusal(viewBusyCalendars(deps, other.manager, poolId))).toBe('not_found');
    const [time] = await deps.db.read((q) => q.select().from(closure).where(eq(closure.resourceId, resourceId)));
    expect(await refusal(removeClosure(deps, m.manager, time?.id ?? ''))).toBe('not_found');
    for (let i = 0; i < 4; i++) await add(source);
    expect(await refusal(add(source))).toBe('invalid_form resource too_many');
    expect((await view()).calendars).toHaveLength(5);
  });
});

describe('a calendar from an address', () => {
  it('is read again every hour, and only what changed is written', async () => {
    const answers: Record<string, Answer> = { '/a.ics': { body: calendar(NINE) } };
    const { host, at, asked } = await publisher(answers);
    const { deps, poolId, hold, add, view, feed } = await market(host);
    await add({ url: at('/a.ics') });
    expect((await view()).calendars).toMatchObject([{ name: host, again: true, times: 1 }]);
    expect(await readBusyCalendars(deps)).toBe(0);
    expect(asked).toHaveLength(1);
    deps.time.now += 2 * HOUR;
    const before = await feed();
    const kept = await deps.db.read((q) => q.select().from(closure));
    expect(await readBusyCalendars(deps)).toBe(0);
    expect(asked).toHaveLength(2);
    expect(await feed()).toBe(before);
    expect(await deps.db.read((q) => q.select().from(closure))).toEqual(kept);
    answers['/a.ics'] = { body: calendar(NINE + 24 * HOUR) };
    deps.time.now += 2 * HOUR;
    expect(await readBusyCalendars(deps)).toBe(1);
    expect(await feed()).toBe(before + 1);
    expect(await hold(NINE)).toMatch(/^HJ/);
    expect(await hold(NINE + 24 * HOUR)).toBe('slot_taken');
    await expectRollupKept(deps, [poolId]);
  });

  it('keeps its times while it cannot be read, and what is over as it was', async () => {
    const answers: Record<string, Answer> = { '/a.ics': { body: calendar(NINE) } };
    const { host, at } = await publisher(answers);
    const { deps, m, poolId, hold, add, view } = await market(host);
    const { id } = await add({ url: at('/a.ics') });
    answers['/a.ics'] = { status: 500 };
    await readBusyCalendar(deps, m.manager, id);
    expect((await view()).calendars).toMatchObject([{ fault: { fault: 'answer' }, times: 1 }]);
    expect(await hold(NINE)).toBe('slot_taken');
    answers['/a.ics'] = { body: 'BEGIN:VCALENDAR' };
    await readBusyCalendar(deps, m.manager, id);
    expect((await view()).calendars).toMatchObject([{ fault: { fault: 'cut_off' }, times: 1 }]);
    deps.time.now = NINE + 2 * HOUR;
    answers['/a.ics'] = { body: calendar() };
    await readBusyCalendar(deps, m.manager, id);
    expect((await view()).calendars).toMatchObject([{ fault: null, times: 0 }]);
    expect(await deps.db.read((q) => q.select().from(closure))).toHaveLength(1);
    await expectRollupKept(deps, [poolId]);
  });

  it('that breaks off takes more and frees nothing, until it is read whole again', async () => {
    const first = calendar(NINE, NINE + 2 * HOUR);
    const answers: Record<string, Answer> = { '/a.ics': { body: first } };
    const { host, at } = await publisher(answers);
    const { deps, m, poolId, hold, add, view } = await market(host);
    const { id } = await add({ url: at('/a.ics') });
    const other = calendar(NINE + 4 * HOUR, NINE);
    answers['/a.ics'] = { body: other.slice(0, other.indexOf('END:VEVENT')) };
    await readBusyCalendar(deps, m.manager, id);
    const [kept] = (await view()).calendars;
    expect(kept?.fault).toBeNull();
    expect(kept?.assumed.map(({ reason }) => reason)).toContain('cut_off');
    expect(await hold(NINE)).toBe('slot_taken');
    expect(await hold(NINE + 2 * HOUR)).toBe('slot_taken');
    expect(await hold(NINE + 4 * HOUR)).toBe('slot_taken');
    answers['/a.ics'] = { body: calendar(NINE + 4 * HOUR) };
    await readBusyCalendar(deps, m.manager, id);
    expect((await view()).calendars).toMatchObject([{ fault: null, assumed: [], times: 1 }]);
    expect(await hold(NINE)).toMatch(/^HJ/);
    await expectRollupKept(deps, [poolId]);
  });

  it('a time under way ends with its calendar, and what of it is over stays closed', async () => {
    const long = (from: number, until: number) =>
      ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', `DTSTART:${stamp(from)}`, `DTEND:${stamp(until)}`, 'END:VEVENT', 'END:VCALENDAR'].join(
        '\r\n',
      );
    const answers: Record<string, Answer> = { '/a.ics': { body: long(NINE, NINE + 60 * 24 * HOUR) } };
    const { host, at } = await publisher(answers);
    const { deps, m, poolId, add, feed } = await market(host);
    const { id } = await add({ url: at('/a.ics') });
    const times = () =>
      deps.db.read((q) => q.select({ from: closure.fromAt, until: closure.untilAt }).from(closure).orderBy(closure.fromAt));
    deps.time.now = NINE + 40 * 24 * HOUR;
    const before = await feed();
    expect(await readBusyCalendars(deps)).toBe(0); // begun longer ago than is looked back: still the same time
    expect([await times(), await feed()]).toEqual([[{ from: NINE, until: NINE + 60 * 24 * HOUR }], before]);
    answers['/a.ics'] = { body: long(NINE, NINE + 50 * 24 * HOUR) };
    deps.time.now += 2 * HOUR;
    expect(await readBusyCalendars(deps)).toBe(1);
    expect(await times()).toEqual([{ from: NINE, until: NINE + 50 * 24 * HOUR }]);
    const removedAt = deps.time.now;
    await removeBusyCalendar(deps, m.manager, id);
    expect(await times()).toEqual([{ from: NINE, until: removedAt }]);
    await expectRollupKept(deps, [poolId]);
  });

  it('that is removed, or read again, while it is being read changes nothing any more', async () => {
    const answers: Record<string, Answer> = { '/a.ics': { body: calendar(NINE) } };
    const { host, at } = await publisher(answers);
    const { deps, m, add } = await market(host);
    const { id } = await add({ url: at('/a.ics') });
    answers['/a.ics'] = { body: calendar(NINE, NINE + 24 * HOUR) };
    // While the answer is read, somebody else begins a reading, or takes the calendar away: put in before the second transaction.
    const meanwhile = (work: () => Promise<unknown>) => {
      let looks = 0;
      const write: typeof deps.db.write = async (change) => {
        if (++looks === 2) await work();
        return deps.db.write(change);
      };
      return { ...deps, db: { ...deps.db, write } };
    };
    const begin = () =>
      deps.db.write((tx) =>
        tx
          .update(busyCalendar)
          .set({ readAt: deps.time.now + 1 })
          .where(eq(busyCalendar.id, id)),
      );
    await readBusyCalendar(meanwhile(begin), m.manager, id);
    expect(await deps.db.read((q) => q.$count(closure))).toBe(1);
    await readBusyCalendar(
      meanwhile(() => removeBusyCalendar(deps, m.manager, id)),
      m.manager,
      id,
    );
    expect(await deps.db.read((q) => q.$count(closure))).toBe(0);
  });

  it('follows a few redirects, and says why it gives up', async () => {
    const { host, at, asked } = await publisher({
      '/moved': { status: 302, headers: { location: '/a.ics' } },
      '/a.ics': { body: 'BEGIN' },
      '/round': { status: 302, headers: { location: '/round' } },
      '/away': { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      '/inside': { status: 302, headers: { location: 'https://127.0.0.1/' } },
      '/file': { status: 302, headers: { location: 'file:///etc/passwd' } },
      '/long': { body: 'x'.repeat(10 * 1024 * 1024 + 1) },
      '/never': { body: 'never' },
    });
    const read = async (path: string) => Object.values(await fetchCalendar(at(path), [host], 3000))[0];
    expect(await read('/moved')).toBe('BEGIN');
    expect(await read('/none')).toBe('answer');
    expect(await read('/long')).toBe('too_large');
    expect(await read('/never')).toBe('took_too_long');
    for (const path of ['/away', '/inside', '/file']) expect(await read(path), path).toBe('private_address');
    asked.length = 0;
    expect(await read('/round')).toBe('too_many_redirects');
    expect(asked).toHaveLength(4);
  });

  it('does not look into private networks', async () => {
    const { deps, add } = await market();
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:10.0.0.1]', 'localhost', '169.254.169.254', '10.0.0.1', '2130706433', '0.0.0.0'])
      expect(await refusal(add({ url: `https://${host}/a.ics` })), host).toBe('invalid_form url private_address');
    expect(await refusal(add({ url: 'http://calendar.invalid/a.ics' }))).toBe('invalid_form url address');
    expect(await refusal(add({ url: 'https://calendar.invalid/a.ics' }))).toBe('invalid_form url unreachable');
    expect(await deps.db.read((q) => q.select().from(busyCalendar))).toEqual([]);
  });
});
