import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { Workers } from '#app/core/workers.server.ts';
import { mondayOfWeek, weekOf } from '#app/modules/parks/utilization.ts';
import { utilizationCsv } from '#app/modules/parks/utilization-csv.ts';
import { printUtilization, UTILIZATION_APART, viewUtilization, viewUtilizationPage } from '#app/read-models/view-utilization.server.ts';
import { centre, park } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { pool, resourceDay } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';

const ADMINISTRATOR: Actor = { personId: 'a', organisationId: 'o1', organisationKind: 'park', role: 'administrator' };
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
    expect(view.now.totals.equipment).toEqual({ open: 960, booked: 240, used: 120 });
    expect(view.before.totals.equipment).toEqual({ open: 480, booked: 480, used: 480 });
    expect(view.now.centres.map((c) => c.pools.map((p) => p.id))).toEqual([['b1']]);
  });

  it('of many centres is shown some at a time, with the sums of all, and worked out apart', async () => {
    const deps = await testDeps();
    await twoParks(deps);
    await deps.db.write(async (tx) => {
      for (let i = 0; i < 61; i++) {
        const place = { cityZh: '苏州', cityEn: 'Suzhou', createdAt: 1 };
        await tx.insert(centre).values({ id: `m${i}`, slug: `m${i}`, parkId: 'p1', nameZh: `多${i}`, nameEn: `M${i}`, ...place });
        const hours = { kind: 'bench' as const, field: '几何量', nameZh: '台', nameEn: 'Bench', weeklyHours: [] };
        await tx.insert(pool).values({ id: `mb${i}`, centreId: `m${i}`, ...hours });
      }
    });
    const apart: string[] = [];
    const workers = {
      run: async ({ task, told }: { task: string; told: unknown[] }) => {
        apart.push(task);
        return UTILIZATION_APART.find((one) => one.task === task)?.here(deps, ADMINISTRATOR, ...told);
      },
    } as unknown as Workers;
    const weeks = { firstWeek: WEEK, lastWeek: WEEK };
    const seen: string[] = [];
    for (let page = 1; page <= 3; page++) {
      const view = await viewUtilizationPage({ ...deps, workers }, ADMINISTRATOR, { ...weeks, page });
      expect(view).toMatchObject({
        page,
        pages: 3,
        of: { centres: 62, pools: 62 },
        totals: { equipment: { open: 960, booked: 240, used: 120 } },
      });
      expect(view.centres[0]?.id).not.toBe(seen.at(-1));
      expect(view.first).toBe(seen.length + 1);
      seen.push(...view.centres.map(({ id }) => id));
    }
    expect(new Set(seen).size).toBe(62);
    expect(apart).toEqual(Array(3).fill('parks.utilization-page'));
    for (const page of [0, -1, 4, Number.NaN, 1e9, 2.5])
      expect((await viewUtilizationPage(deps, ADMINISTRATOR, { ...weeks, page })).centres.length).toBeGreaterThan(0);
    const kinds = { equipment: 'e', people: 'h', seats: 's' };
    const words = { centre: 'c', pool: 'p', kind: 'k', kinds, week: 'w', open: 'o', booked: 'b', used: 'u', idle: 'i', utilization: 'r' };
    const { slug, text } = await printUtilization({ ...deps, workers }, ADMINISTRATOR, weeks, words, 'en');
    expect(slug).toBe('p1');
    expect(text.trim().split('\n')).toHaveLength(63);
    expect(text).toContain('M60');
    // A small park is not made to wait for a worker to begin.
    apart.length = 0;
    const small = { ...ADMINISTRATOR, organisationId: 'o2' };
    expect(await viewUtilizationPage({ ...deps, workers }, small, { ...weeks, page: 1 })).toMatchObject({ pages: 1, of: { pools: 1 } });
    expect(apart).toEqual([]);
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
    const kinds = { equipment: '设备', people: '人员', seats: '席位' };
    const words = {
      centre: '中心',
      pool: '池',
      kind: '类型',
      kinds,
      week: '周',
      open: '开放',
      booked: '预约',
      used: '使用',
      idle: '空闲',
      utilization: '率',
    };
    const text = utilizationCsv(now, words, (zh) => zh);
    const rows = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true }).data;
    expect(rows).toHaveLength(3);
    expect(rows.reduce((n, row) => n + Number(row.预约), 0)).toBe(now.totals.equipment.booked / 60);
    expect(rows.map((row) => row.周)).toEqual(
      now.weeks.map((week) => new Date(mondayOfWeek(week) * 86_400_000).toISOString().slice(0, 10)),
    );
    expect(rows[0]?.中心).toBe("'=中心1");
    expect(rows.map((row) => row.类型)).toEqual(['设备', '设备', '设备']);
  });
});
