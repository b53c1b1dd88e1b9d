import { fieldKey } from '#app/modules/capability/rules/fields.ts';
import type { closure, PoolKind, pool, poolVersion, resource, WeeklyHours } from '#db/schema/scheduling.ts';
import { centreId } from './centres.ts';
import closureRows from './data/closures.json' with { type: 'json' };
import centres from './data/demonstration-centres.json' with { type: 'json' };
import data from './data/pools.json' with { type: 'json' };
import type { SeedDay } from './day.ts';
import { seedId } from './ids.ts';
import { personId } from './people.ts';

const clock = (hours: number, minutes = 0) => hours * 60 + minutes;
const OFF: [number, number][] = [];
const DAY: [number, number][] = [
  [clock(9), clock(12)],
  [clock(13, 30), clock(17, 30)],
];
const weekdays = (day: [number, number][], saturday: [number, number][] = OFF): WeeklyHours => [day, day, day, day, day, saturday, OFF];
const only = (weekday: number, day: [number, number][]): WeeklyHours => Array.from({ length: 7 }, (_, i) => (i === weekday ? day : OFF));

/** Courses run from nine to four with lunch in between: one stretch, so that the only start is the beginning. */
const COURSE: [number, number][] = [[clock(9), clock(16)]];

const ALL_DAY: [number, number][] = [[0, clock(24)]];

/** A centre opens here what it can spare: all week, some days of it, or, where a machine runs through the night, around the clock. */
const HOURS: Record<string, WeeklyHours> = {
  week: weekdays(DAY),
  saturday: weekdays(DAY, [[clock(9), clock(12)]]),
  long: weekdays([[clock(8, 30), clock(18)]]),
  field: weekdays([[clock(8), clock(18)]]),
  'two-days': [OFF, DAY, OFF, DAY, OFF, OFF, OFF],
  'three-days': [DAY, OFF, DAY, OFF, DAY, OFF, OFF],
  nights: weekdays(ALL_DAY),
  always: weekdays(ALL_DAY, ALL_DAY).with(6, ALL_DAY),
  tuesday: only(1, COURSE),
  thursday: only(3, COURSE),
};
/** These keep no public holidays, and their grid is the hour. */
const ROUND_THE_CLOCK = ['nights', 'always'];

type PoolSeed = {
  centre: string;
  key: string;
  kind: PoolKind;
  field: string;
  nameZh: string;
  nameEn: string;
  resources: number;
  hours: string;
};
const POOLS: PoolSeed[] = (data.pools as [string, string, PoolKind, string, string, string, number, string][]).map(
  ([centre, key, kind, field, nameZh, nameEn, resources, hours]) => ({ centre, key, kind, field, nameZh, nameEn, resources, hours }),
);

/** Whether a centre's pool works day and night. */
export const isRoundTheClock = (centre: string, key: string): boolean =>
  POOLS.some((pool) => pool.centre === centre && pool.key === key && ROUND_THE_CLOCK.includes(pool.hours));

export const poolId = (centre: string, key: string) => seedId('pool', `${centre} ${key}`);

export const demonstrationPools = (): (typeof pool.$inferInsert)[] =>
  POOLS.map(({ centre, key, kind, field, nameZh, nameEn, hours }, position) => ({
    id: poolId(centre, key),
    centreId: centreId(centre),
    kind,
    field: fieldKey(field),
    nameZh,
    nameEn,
    gridMinutes: ROUND_THE_CLOCK.includes(hours) ? 60 : 30,
    weeklyHours: HOURS[hours] as WeeklyHours,
    observesHolidays: !ROUND_THE_CLOCK.includes(hours),
    position,
  }));

export const demonstrationResources = (): (typeof resource.$inferInsert)[] =>
  POOLS.flatMap(({ centre, key, nameZh, nameEn, resources }) =>
    Array.from({ length: resources }, (_, position) => ({
      id: seedId('resource', `${centre} ${key} ${position + 1}`),
      poolId: poolId(centre, key),
      nameZh: `${nameZh} ${position + 1} 号`,
      nameEn: `${nameEn} ${position + 1}`,
      position,
      active: true,
      personId: position === 0 && key === firstTechnicians(centre)?.key ? technicianOf(centre) : null,
    })),
  );

const firstTechnicians = (centre: string) => POOLS.find((pool) => pool.centre === centre && pool.kind === 'technician');
/** The centre's technician account: its day list has the bookings of the first technician. */
const technicianOf = (centre: string) => personId(`${centres.find(({ slug }) => slug === centre)?.email}.technician@demo.hengji.example`);

export const poolVersions = (): (typeof poolVersion.$inferInsert)[] =>
  POOLS.map(({ centre, key }) => ({ poolId: poolId(centre, key), version: 1 }));

/** Closures of whole days, counted in working days' terms from the seeded day; some gone by, some to come. */
export const demonstrationClosures = (from: SeedDay): (typeof closure.$inferInsert)[] =>
  closureRows.map(({ centre, pool: key, offset, days, reasonZh, reasonEn }, i) => {
    const first = from.weekday(offset);
    return {
      id: seedId('closure', `${i} ${centre}`),
      centreId: centreId(centre),
      poolId: key === null ? null : poolId(centre, key),
      fromAt: from.at(first),
      untilAt: from.at(first + days),
      reasonZh,
      reasonEn,
      createdBy: personId(`${centres.find(({ slug }) => slug === centre)?.email}@demo.hengji.example`),
      createdAt: from.at(Math.min(first - 14, -1), clock(10)),
    };
  });
