/** Whatever is wrong with a form, it comes back with what was typed and says what is wrong, where. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { action as busyCalendars } from '#app/routes/centre/calendar/busy-calendars.tsx';
import { action as calendar } from '#app/routes/centre/calendar/calendar.tsx';
import { action as pool } from '#app/routes/centre/calendar/pool.tsx';
import { action as centreOrder } from '#app/routes/centre/orders/order.tsx';
import { action as accreditation } from '#app/routes/centre/profile/accreditation.tsx';
import { action as claim } from '#app/routes/centre/profile/claim.tsx';
import { action as memberFirms } from '#app/routes/centre/profile/firms.tsx';
import { action as profile } from '#app/routes/centre/profile/profile.tsx';
import { action as row } from '#app/routes/centre/scope/capability.tsx';
import { action as services } from '#app/routes/centre/services/services.tsx';
import { action as accreditationCheck } from '#app/routes/operator/accreditation.tsx';
import { action as exceptions } from '#app/routes/operator/exceptions.tsx';
import { action as people } from '#app/routes/operator/people.tsx';
import { action as ownPark } from '#app/routes/parks/own-park.tsx';
import { accreditation as accreditations } from '#db/schema/centres.ts';
import { person } from '#db/schema/identity.ts';
import { market } from '../orders/life-market.ts';
import { ofTest, type Posted } from './posted.ts';

const LONG = '长'.repeat(10_000);
type Fields = Record<string, string>;

async function place() {
  const { deps, m, buyer, hold } = await market();
  const operator = m.buyers[1]!;
  const held = { id: 'held', kind: 'CNAS' as const, number: 'L1', scope: '', validFrom: 0, validUntil: deps.time.now + 9e9 };
  await deps.db.write(async (tx) => {
    await tx.update(person).set({ operator: true }).where(eq(person.id, operator.personId));
    await tx.insert(accreditations).values({ ...held, centreId: m.centreId, evidenceId: null });
  });
  const { number } = await hold();
  return { deps, m, buyer, operator, number, post: ofTest(deps) };
}
type Place = Awaited<ReturnType<typeof place>>;

const POOL: Fields = { kind: 'bench', field: 'dimensional', nameZh: '台', nameEn: '', grid: '30', 'hours-0': '09:00-12:00', add: '1' };
const ENTRY: Fields = { nameZh: '示范中心', nameEn: 'Demo', cityZh: '苏州', cityEn: 'Suzhou', parkId: '' };
const ROW: Fields = {
  field: 'dimensional',
  instrument: '外径千分尺',
  measurand: '示值误差',
  method: 'JJG 21-2008',
  range: '(0~25) mm',
  uncertainty: 'U=1 μm',
  k: '2',
};

type Case = [string, unknown, (p: Place) => { who: Actor; fields: Fields; params?: Fields }, string];
const CASES: Case[] = [
  [
    'stock in words',
    services,
    ({ m }) => ({ who: m.manager, fields: { intent: 'stock', service: m.service.id, available: '十二', shown: '0' } }),
    'available',
  ],
  [
    'no stock',
    services,
    ({ m }) => ({ who: m.manager, fields: { intent: 'stock', service: m.service.id, available: '', shown: '0' } }),
    'available',
  ],
  [
    'a pause until yesterday',
    services,
    ({ m }) => ({ who: m.manager, fields: { intent: 'pause', service: m.service.id, until: '2020-01-01' } }),
    'until',
  ],
  [
    'a pause until no day',
    services,
    ({ m }) => ({ who: m.manager, fields: { intent: 'pause', service: m.service.id, until: '2026-02-30' } }),
    'until',
  ],
  [
    'a pool of a kind there is not',
    pool,
    ({ m }) => ({ who: m.manager, params: { id: 'new' }, fields: { ...POOL, kind: 'spaceship' } }),
    'kind',
  ],
  [
    'a pool with a long English name',
    pool,
    ({ m }) => ({ who: m.manager, params: { id: 'new' }, fields: { ...POOL, nameEn: LONG } }),
    'nameEn',
  ],
  ['a pool with resources in words', pool, ({ m }) => ({ who: m.manager, params: { id: 'new' }, fields: { ...POOL, add: '三' } }), 'add'],
  ['a centre in a park that is not', profile, ({ m }) => ({ who: m.manager, fields: { ...ENTRY, parkId: 'theirs' } }), 'parkId'],
  ['a centre without a name', profile, ({ m }) => ({ who: m.manager, fields: { ...ENTRY, nameZh: '' } }), 'nameZh'],
  ['a centre that introduces itself at length', profile, ({ m }) => ({ who: m.manager, fields: { ...ENTRY, introZh: LONG } }), 'introZh'],
  ['a firm nobody is', memberFirms, ({ m }) => ({ who: m.manager, fields: { intent: 'add', firm: LONG } }), 'firm'],
  [
    'an accreditation of a kind there is not',
    accreditation,
    ({ m }) => ({
      who: m.manager,
      params: { id: 'new' },
      fields: { intent: 'save', kind: 'X', number: 'L2', scope: '', validFrom: '2026-01-01', validUntil: '2027-01-01' },
    }),
    'kind',
  ],
  [
    'an accreditation from no day',
    accreditation,
    ({ m }) => ({
      who: m.manager,
      params: { id: 'new' },
      fields: { intent: 'save', kind: 'CMA', number: 'L2', scope: '', validFrom: '二月', validUntil: '2027-01-01' },
    }),
    'validFrom',
  ],
  [
    'an accreditation of a long scope',
    accreditation,
    ({ m }) => ({
      who: m.manager,
      params: { id: 'new' },
      fields: { intent: 'save', kind: 'CMA', number: 'L2', scope: LONG, validFrom: '2026-01-01', validUntil: '2027-01-01' },
    }),
    'scope',
  ],
  [
    'an accreditation there is already',
    accreditation,
    ({ m }) => ({
      who: m.manager,
      params: { id: 'new' },
      fields: { intent: 'save', kind: 'CNAS', number: 'L1', scope: '', validFrom: '2026-01-01', validUntil: '2027-01-01' },
    }),
    'number',
  ],
  [
    'a row under an accreditation that is gone',
    row,
    ({ m }) => ({ who: m.manager, params: { id: 'new' }, fields: { ...ROW, intent: 'save', accreditation: 'gone', reviewed: '1' } }),
    'accreditation',
  ],
  [
    'a row from no day',
    row,
    ({ m }) => ({ who: m.manager, params: { id: 'new' }, fields: { ...ROW, intent: 'save', validFrom: 'soon' } }),
    'validFrom',
  ],
  [
    'a closure from no time',
    calendar,
    ({ m }) => ({
      who: m.manager,
      fields: { intent: 'close', pool: '', from: '昨天', until: '2026-11-30T12:00', reasonZh: '检修', reasonEn: '' },
    }),
    'fromAt',
  ],
  [
    'busy times from nowhere',
    busyCalendars,
    ({ m }) => ({ who: m.manager, params: { id: m.poolIds[0]! }, fields: { intent: 'add', resource: m.resourceIds[0]![0]!, url: '' } }),
    'source',
  ],
  [
    'busy times of another’s bench',
    busyCalendars,
    ({ m }) => ({
      who: m.manager,
      params: { id: m.poolIds[0]! },
      fields: { intent: 'add', resource: 'theirs', url: 'https://example.com/a.ics' },
    }),
    'resource',
  ],
  [
    'a booking moved to no time',
    centreOrder,
    ({ m, number }) => ({ who: m.manager, params: { number }, fields: { intent: 'move', start: '下周', resource: '', version: '1' } }),
    'start',
  ],
  [
    'an order cancelled without a reason',
    centreOrder,
    ({ m, number }) => ({ who: m.manager, params: { number }, fields: { intent: 'cancel', reason: '', refund: '0' } }),
    'reason',
  ],
  [
    'an order cancelled at length',
    centreOrder,
    ({ m, number }) => ({ who: m.manager, params: { number }, fields: { intent: 'cancel', reason: LONG, refund: '0' } }),
    'reason',
  ],
  [
    'a verification without a statement',
    claim,
    ({ m }) => ({ who: m.manager, params: { slug: m.centreId }, fields: { intent: 'ask', statement: '' } }),
    'statement',
  ],
  ['a park that is not', ownPark, ({ buyer }) => ({ who: buyer, fields: { park: 'theirs' } }), 'park'],
  [
    'a difference without a note',
    exceptions,
    ({ operator }) => ({ who: operator, fields: { intent: 'explain', about: '1', note: ' ' } }),
    'note',
  ],
  [
    'a difference explained at length',
    exceptions,
    ({ operator }) => ({ who: operator, fields: { intent: 'explain', about: '1', note: LONG } }),
    'note',
  ],
];

/** What stands in the way of the form as a whole. */
const TROUBLES: Case[] = [
  [
    'a difference in words',
    exceptions,
    ({ operator }) => ({ who: operator, fields: { intent: 'explain', about: '第三条', note: '另一笔' } }),
    'not_found',
  ],
  ['a refund of nobody', exceptions, ({ operator }) => ({ who: operator, fields: { intent: 'refund', about: LONG } }), 'not_found'],
  [
    'a closure of a pool that is not theirs',
    calendar,
    ({ m }) => ({
      who: m.manager,
      fields: { intent: 'close', pool: 'theirs', from: '2026-11-30T09:00', until: '2026-11-30T12:00', reasonZh: '检修', reasonEn: '' },
    }),
    'not_found',
  ],
  ['a closure that is gone', calendar, ({ m }) => ({ who: m.manager, fields: { intent: 'remove', closure: 'gone' } }), 'not_found'],
  [
    'a pause by a technician',
    services,
    ({ m }) => ({ who: m.technician, fields: { intent: 'pause', service: m.service.id, until: '' } }),
    'forbidden',
  ],
  [
    'a refund that has changed',
    centreOrder,
    ({ m, number }) => ({ who: m.manager, params: { number }, fields: { intent: 'cancel', reason: '停电', refund: '77' } }),
    'stale',
  ],
];

const texts = ({ typed }: Posted, fields: Fields) => Object.fromEntries(Object.keys(fields).map((name) => [name, typed?.[name]?.[0]]));

describe('a form that cannot be done', () => {
  it.each(CASES)('%s: says so at its field, and keeps everything', async (_, action, of, field) => {
    const p = await place();
    const { who, fields, params } = of(p);
    const answer = await p.post(action, who, fields, params);
    expect(Object.keys(answer.faults ?? {})).toContain(field);
    expect(texts(answer, fields)).toEqual(fields);
    expect(answer.status).toBe(400);
  });

  it.each(TROUBLES)('%s: says so above it, and keeps everything', async (_, action, of, code) => {
    const p = await place();
    const { who, fields, params } = of(p);
    const answer = await p.post(action, who, fields, params);
    expect(answer.trouble).toMatchObject({ code, title: expect.stringMatching(/\S/) });
    expect(texts(answer, fields)).toEqual(fields);
  });

  it.each([services, calendar, exceptions, people, accreditationCheck, memberFirms, accreditation, claim, busyCalendars, centreOrder, row])(
    'is none without a button of the page (%#)',
    async (action) => {
      const p = await place();
      const who = [exceptions, people, accreditationCheck].some((one) => one === action) ? p.operator : p.m.manager;
      for (const fields of [{}, { intent: 'delete-everything' }] as Fields[])
        expect(await p.post(action, who, fields, { id: 'new', number: p.number })).toMatchObject({ status: 400, code: 'bad_request' });
    },
  );
});
