import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { mondayOfWeek, weekOf } from '#app/modules/parks/utilization.ts';
import { utilizationCsv } from '#app/modules/parks/utilization-csv.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { centre, park } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { pool, resourceDay } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';

const WEEK = weekOf(20_780);
const MON = mondayOfWeek(WEEK);

/** Two parks with a centre and a pool each; the first pool has a resource busy in this week and in the one before. */
async function twoParks({ db }: Deps) {
  await db.write(async (tx) => {
    for (const n of ['1', '2']) {
      await tx.insert(organisation).values({ id: `o${n}`, kind: 'park', slug: `o${n}`, nameZh: `园${n}`, nameEn: `P${n}`, createdAt: 1 });
      await tx.insert(park).values({
        id: `p${n}`,
        slug: `p${n}`,
        organisationId: `o${n}`,
        nameZh: `园${n}`,
        nameEn: `P${n}`,
        cityZh: '苏州',
        cityEn: 'Suzhou',
      });
      await tx.insert(centre).values({
        id: `c${n}`,
        slug: `c${n}`,
        parkId: `p${n}`,
        nameZh: `=中心${n}`,
        nameEn: `C${n}`,
        cityZh: '苏州',
        cityEn: 'Suzhou',
        createdAt: 1,
      });
      await tx
        .insert(pool)
        .values({ id: `b${n}`, centreId: `c${n}`, kind: 'bench', field: '几何量', nameZh: '台', nameEn: 'Bench', weeklyHours: [] });
    }
    const rows = [
      { day: MON, bookedMinutes: 240, usedMinutes: 120 },
      { day: MON + 6, bookedMinutes: 0, usedMinutes: 0 },
      { day: MON - 1, bookedMinutes: 480, usedMinutes: 480 },
      { day: MON - 8, bookedMinutes: 60, usedMinutes: 60 },
    ];
    await tx.insert(resourceDay).values(rows.map((row) => ({ poolId: 'b1', resourceId: 'r1', openMinutes: 480, ...row })));
    await tx
      .insert(resourceDay)
      .values({ poolId: 'b2', resourceId: 'r2', day: MON, openMinutes: 999, bookedMinutes: 999, usedMinutes: 999 });
  });
}

const administratorOf = (organisationId: string) =>
  ({ personId: 'somebody', organisationId, organisationKind: 'park', role: 'administrator' }) as const;

describe('utilization of a park', () => {
  it('sums its own pools by week, beside the same time before', async () => {
    const deps = await testDeps();
    await twoParks(deps);
    const view = await viewUtilization(deps, administratorOf('o1'), { firstWeek: WEEK, lastWeek: WEEK });
    expect(view.now.total).toEqual({ open: 960, booked: 240, used: 120 });
    expect(view.before.total).toEqual({ open: 480, booked: 480, used: 480 });
    expect(view.now.centres.map((c) => c.pools.map((p) => p.id))).toEqual([['b1']]);
  });

  it('is for the park that runs it, and nobody else', async () => {
    const deps = await testDeps();
    await twoParks(deps);
    await expect(viewUtilization(deps, administratorOf('nobody'), { firstWeek: WEEK, lastWeek: WEEK })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('leaves as a file with the same sums, and no cell that runs as a formula', async () => {
    const deps = await testDeps();
    await twoParks(deps);
    const { now } = await viewUtilization(deps, administratorOf('o1'), { firstWeek: WEEK - 2, lastWeek: WEEK });
    const words = { centre: '中心', pool: '池', week: '周', open: '开放', booked: '预约', used: '使用', idle: '空闲', utilization: '率' };
    const text = utilizationCsv(now, words, (zh) => zh);
    const rows = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true }).data;
    expect(rows).toHaveLength(3);
    expect(rows.reduce((n, row) => n + Number(row.预约), 0)).toBe(now.total.booked / 60);
    expect(rows.map((row) => row.周)).toEqual(
      now.weeks.map((week) => new Date(mondayOfWeek(week) * 86_400_000).toISOString().slice(0, 10)),
    );
    expect(rows[0]?.中心).toBe("'=中心1");
  });
});
