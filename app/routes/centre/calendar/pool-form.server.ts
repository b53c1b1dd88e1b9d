/** The pool's form, read: what was typed, and the input it makes or the faults it has. */
import type { Field } from '#app/modules/capability/rules/fields.ts';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { parseHours } from '#app/modules/scheduling/hours-text.ts';
import { dayEnd, dayOf, isoDay } from '#app/modules/scheduling/local-day.ts';
import { GRIDS, MOST_RESOURCES, type PoolInput } from '#app/modules/scheduling/save-pool.server.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import type { viewPool } from '#app/modules/scheduling/view-pools.server.ts';
import { POOL_KINDS } from './pool-words.ts';

export type ResourceTexts = {
  id: string;
  nameZh: string;
  nameEn: string;
  certificate: string;
  validUntil: string;
  active: boolean;
  /** Of a technician: the id of the member it is linked with. */
  person: string;
};
export type PoolTexts = {
  kind: string;
  field: string;
  nameZh: string;
  nameEn: string;
  grid: string;
  hours: string[];
  holidays: boolean;
  add: string;
  resources: ResourceTexts[];
};
export type PoolFaults = Partial<Record<string, 'name' | 'hours' | 'resources' | 'add' | 'none_open' | 'date' | 'person'>>;
type Shown = Awaited<ReturnType<typeof viewPool>>;

const MOST_ADDED = 100;

export const textsIn = (form: FormData): PoolTexts => {
  const said = (name: string) => String(form.get(name) ?? '').trim();
  const count = Math.min(MOST_RESOURCES, form.getAll('resource').length);
  return {
    kind: said('kind'),
    field: said('field'),
    nameZh: said('nameZh'),
    nameEn: said('nameEn'),
    grid: said('grid'),
    hours: Array.from({ length: 7 }, (_, day) => said(`hours-${day}`)),
    holidays: form.has('holidays'),
    add: said('add'),
    resources: Array.from({ length: count }, (_, i) => ({
      id: String(form.getAll('resource')[i]),
      nameZh: said(`resource.${i}.nameZh`),
      nameEn: said(`resource.${i}.nameEn`),
      certificate: said(`resource.${i}.certificate`),
      validUntil: said(`resource.${i}.validUntil`),
      active: form.has(`resource.${i}.active`),
      person: said(`resource.${i}.person`),
    })),
  };
};

/** The last instant of a day in the zone; undefined for what is no day. */
function endOf(text: string, zone: string): number | undefined {
  const day = shownDay(text);
  return day === undefined ? undefined : dayEnd(zone, day) - 1;
}

export function readPool(texts: PoolTexts, { pool, timeZone, members }: Shown): { input: PoolInput } | { faults: PoolFaults } {
  const faults: PoolFaults = {};
  const gridMinutes = pool?.gridMinutes ?? GRIDS.find((grid) => String(grid) === texts.grid) ?? 30;
  const weeklyHours = texts.hours.map((text, day) => {
    const hours = parseHours(text, gridMinutes);
    if (!hours) faults[`hours-${day}`] = 'hours';
    return hours ?? [];
  });
  if (Object.keys(faults).length === 0 && weeklyHours.every((hours) => hours.length === 0)) faults['hours-0'] = 'none_open';
  if (!texts.nameZh || texts.nameZh.length > 60) faults.nameZh = 'name';
  const added = texts.add === '' ? 0 : /^\d{1,3}$/.test(texts.add) && Number(texts.add) <= MOST_ADDED ? Number(texts.add) : undefined;
  if (added === undefined) faults.add = 'add';
  const kept = texts.resources.map(({ validUntil, person, ...row }, i) => {
    const end = validUntil === '' ? null : endOf(validUntil, timeZone);
    if (end === undefined) faults[`resource.${i}.validUntil`] = 'date';
    if (!row.nameZh || row.nameZh.length > 60) faults[`resource.${i}.nameZh`] = 'name';
    const personId = (texts.kind === 'technician' && person) || null;
    if (personId && !members.some((one) => one.personId === personId)) faults[`resource.${i}.person`] = 'person';
    return { ...row, certificate: row.certificate.slice(0, 120), nameEn: row.nameEn.slice(0, 60), validUntil: end ?? null, personId };
  });
  if (kept.length + (added ?? 0) > MOST_RESOURCES) faults.add = 'resources';
  if (Object.keys(faults).length > 0) return { faults };
  const fresh = Array.from({ length: added ?? 0 }, (_, i) => {
    const n = kept.length + i + 1;
    return {
      id: null,
      nameZh: `${texts.nameZh} ${n}`.slice(-60),
      nameEn: texts.nameEn && `${texts.nameEn} ${n}`,
      active: true,
      certificate: '',
      validUntil: null,
    };
  });
  return {
    input: {
      id: pool?.id ?? null,
      kind: POOL_KINDS.find((kind) => kind === texts.kind) ?? 'bench',
      field: FIELDS.find((field: Field) => field === texts.field) ?? 'general',
      nameZh: texts.nameZh,
      nameEn: texts.nameEn.slice(0, 60),
      gridMinutes,
      weeklyHours: weeklyHours as PoolInput['weeklyHours'],
      observesHolidays: texts.holidays,
      resources: [...kept, ...fresh],
    },
  };
}

/** What the form shows before anything is typed. */
export function textsOf({ pool, resources, timeZone }: Shown, printed: (day: number) => string): PoolTexts {
  return {
    kind: pool?.kind ?? 'bench',
    field: pool?.field ?? 'dimensional',
    nameZh: pool?.nameZh ?? '',
    nameEn: pool?.nameEn ?? '',
    grid: String(pool?.gridMinutes ?? 30),
    hours: Array.from({ length: 7 }, (_, day) => printed(day)),
    holidays: pool?.observesHolidays ?? true,
    add: pool ? '' : '1',
    resources: resources.map(({ id, nameZh, nameEn, certificate, validUntil, active, personId }) => ({
      id,
      nameZh,
      nameEn,
      certificate,
      validUntil: validUntil === null ? '' : isoDay(dayOf(timeZone, validUntil)),
      active,
      person: personId ?? '',
    })),
  };
}
