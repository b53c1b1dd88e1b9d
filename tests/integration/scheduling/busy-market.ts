/** A centre with one bench, and another server that publishes calendars. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { addBusyCalendar } from '#app/modules/scheduling/busy/add-busy-calendar.server.ts';
import { dayNumber } from '#app/modules/scheduling/local-day.ts';
import { rebuildRollup } from '#app/modules/scheduling/rebuild-rollup.server.ts';
import { viewBusyCalendars } from '#app/read-models/view-busy-calendars.server.ts';
import { changeFeed } from '#db/schema/core.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket } from '#tests/support/market.ts';

export const stamp = (ms: number) => `${new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`;
export const calendar = (...starts: number[]) =>
  [
    'BEGIN:VCALENDAR',
    ...starts.flatMap((start) => [
      'BEGIN:VEVENT',
      `UID:${start}`,
      `DTSTART:${stamp(start)}`,
      'DURATION:PT1H',
      'SUMMARY:看牙',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');

export type Answer = { status?: number; headers?: Record<string, string>; body?: string | Buffer };

/** Another server that publishes calendars. */
export async function publisher(answers: Record<string, Answer>) {
  const asked: string[] = [];
  const server: Server = createServer((req, res) => {
    asked.push(req.url ?? '');
    const { status = 200, headers = {}, body = '' } = answers[req.url ?? ''] ?? { status: 404 };
    if (body !== 'never') res.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, asked, at: (path: string) => `http://${host}${path}` };
}

export async function market(host = '') {
  const deps = await testDeps({ CALENDAR_HOSTS: host });
  const m = await seedMarket(deps.db, { pools: [1] });
  const [buyer] = m.buyers;
  const [poolId] = m.poolIds;
  const [resourceId] = m.resourceIds[0] ?? [];
  if (!buyer || !poolId || !resourceId) throw new Error('a buyer and a bench');
  await rebuildRollup(deps, poolId, { firstDay: dayNumber('2026-11-23'), untilDay: dayNumber('2027-01-15') });
  const hold = (startAt: number) =>
    holdSlot(deps, buyer, formFor(m.service, startAt)).then(
      ({ number }) => number,
      ({ code }) => code as string,
    );
  const add = (source: { url: string } | { name: string; file: string }, actor = m.manager) =>
    addBusyCalendar(deps, actor, { poolId, resourceId, source });
  const view = () => viewBusyCalendars(deps, m.technician, poolId);
  const feed = async () => (await deps.db.read((q) => q.select().from(changeFeed))).filter(({ kind }) => kind === 'pool').length;
  return { deps, m, poolId, resourceId, hold, add, view, feed };
}
