/** Who teaches is at one place at a time: a date of a course claims a teacher as any booking does, whoever comes. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { contentOf } from '#app/modules/catalogue/listing/listing-content.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { changeBeside } from '#app/modules/orders/sessions/change-beside.server.ts';
import { removeSession } from '#app/modules/orders/sessions/remove-session.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { viewCourse } from '#app/read-models/view-course.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { shanghai } from '#tests/support/market.ts';
import { course, faultOf, MONDAY, secondCourse, TWO_DAYS } from './course-market.ts';

it('takes whoever teaches from the announcement on, once, however many come, and gives them back', async () => {
  const deps = await testDeps();
  const { m, add, book } = await course(deps);
  const other = await secondCourse(deps, m);
  const [teacher] = m.resourceIds[1]!;
  await add(MONDAY);
  const taken = () => deps.db.read((q) => q.select().from(claim).where(eq(claim.resourceId, teacher!)));
  expect(await taken()).toHaveLength(12);
  expect(await faultOf(other.add(MONDAY))).toBe('startAt beside_taken');
  await book(0, 2);
  await book(1, 1);
  expect(await taken()).toHaveLength(12);
  // Somebody else's booking comes first: the date is not announced over it.
  await other.add(TWO_DAYS);
  expect(await faultOf(add(TWO_DAYS))).toBe('startAt beside_taken');
  await removeSession(deps, m.manager, other.serviceId, TWO_DAYS.startAt);
  expect(await taken()).toHaveLength(12);
  await add(TWO_DAYS);
  expect(await taken()).toHaveLength(12 + 14);
  await expectRollupKept(deps, m.poolIds);
});

it('is seen in the calendar, counts as used once the course is held, and is named before its teacher is sent on leave', async () => {
  const deps = await testDeps();
  const { m, add, book } = await course(deps);
  await add(MONDAY);
  const order = await book(0, 2);
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: order.id, now: deps.time.now }));
  const [, teachers] = m.poolIds;
  const leave = {
    ...{ centreId: m.centreId, poolId: teachers!, resourceId: m.resourceIds[1]![0]!, reasonZh: '', reasonEn: '' },
    ...{ fromAt: MONDAY.startAt, untilAt: MONDAY.endAt },
  };
  expect(await faultOf(addClosure(deps, m.manager, leave))).toBe('closure_has_bookings');
  const { pools } = await viewPoolWeek(deps, m.manager, { firstDay: '2026-11-30', poolId: teachers! });
  expect(pools[0]?.resources[0]?.bookings).toMatchObject([
    { orderNumber: '', progress: 'course', serviceZh: m.service.nameZh, quantity: 4, workUntil: MONDAY.endAt },
  ]);
  deps.time.now = MONDAY.startAt;
  await advanceOrder(deps, m.manager, { number: order.number, event: 'begin', version: 2 });
  const used = await deps.db.read((q) => q.select({ used: claim.used }).from(claim));
  expect(new Set(used.map((one) => one.used))).toEqual(new Set([true]));
  await expectRollupKept(deps, m.poolIds);
});

it('may be given to somebody else who is free, and keeps who it has otherwise', async () => {
  const deps = await testDeps();
  const { m, add } = await course(deps, 2);
  const other = await secondCourse(deps, m);
  const [first, second] = m.resourceIds[1]!;
  await add(MONDAY);
  const who = async () => (await viewCourse(deps, m.manager, m.service.id)).sessions[0]?.beside.map(({ id }) => id);
  const change = (resourceId: string) => changeBeside(deps, m.manager, { serviceId: m.service.id, startAt: MONDAY.startAt, resourceId });
  expect(await who()).toEqual([first]);
  await change(second!);
  expect(await who()).toEqual([second]);
  await other.add(MONDAY);
  expect(await faultOf(change(first!))).toBe('resource beside_elsewhere');
  expect(await who()).toEqual([second]);
  expect(await faultOf(change('nobody'))).toMatch(/^resource/);
  expect(await faultOf(changeBeside(deps, m.buyers[0]!, { serviceId: m.service.id, startAt: 1, resourceId: first! }))).toMatch(
    /not_found|forbidden/,
  );
  await expectRollupKept(deps, m.poolIds);
});

it('is not announced when nobody teaches at that time; its pools stay while dates are to come', async () => {
  const deps = await testDeps();
  const { m, add } = await course(deps);
  const [room, teachers] = m.poolIds;
  await addClosure(deps, m.manager, {
    ...{ centreId: m.centreId, poolId: teachers!, resourceId: null, reasonZh: '', reasonEn: '' },
    ...{ fromAt: shanghai('2026-11-30T14:00'), untilAt: shanghai('2026-11-30T15:00') },
  });
  expect(await faultOf(add(MONDAY))).toBe('startAt beside_taken');
  await add(TWO_DAYS);
  const [row] = await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id)));
  const content = { ...contentOf(row!, [room!], []), summaryZh: '说明' };
  expect(await faultOf(publishListing(deps, m.manager, { serviceId: row!.id, content, revision: 0, version: row!.version }))).toBe(
    'poolIds dates',
  );
});

it('of one person in two pools nobody sells the other half, and of two who announce at once one does', async () => {
  const url = await freshDatabaseUrl();
  const [one, two] = [openDatabase(url), openDatabase(url)];
  try {
    const deps = { ...(await testDeps()), db: one };
    const { m, add } = await course(deps);
    const other = await secondCourse(deps, m, true);
    const same = [m.resourceIds[1]![0]!, other.teacherId];
    for (const id of same) await one.write((tx) => tx.update(resource).set({ workerId: 'somebody' }).where(eq(resource.id, id)));
    const answers = await Promise.all([faultOf(add(MONDAY)), faultOf(other.add(MONDAY, { ...deps, db: two }))]);
    expect(answers.sort()).toEqual(['done', 'startAt beside_taken']);
  } finally {
    await one.close();
    await two.close();
  }
});
