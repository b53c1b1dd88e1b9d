/** The pool's form, read: what was typed, and the input it makes or the faults it has. */
import { z } from 'zod';
import { type Faults, given, ticked } from '#app/core/form.ts';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { daysInNight, hoursFault, parseHours } from '#app/modules/scheduling/hours-text.ts';
import { dayEnd, dayOf, isoDay } from '#app/modules/scheduling/local-day.ts';
import { GRIDS, MOST_RESOURCES, type PoolInput } from '#app/modules/scheduling/save-pool.server.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import type { viewPool } from '#app/read-models/view-pools.server.ts';
import { POOL_KINDS } from './pool-words.ts';

export type ResourceTexts = {
  id: string;
  nameZh: string;
  nameEn: string;
  certificate: string;
  validUntil: string;
  active: boolean;
  /** Of a technician: the id of the member it is linked with, or of the resource of another pool that is the same person. */
  person: string;
  /** Other pools this person stands in. */
  alsoIn: { poolZh: string; poolEn: string }[];
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
type Shown = Awaited<ReturnType<typeof viewPool>>;

const MOST_ADDED = 100;
const MOST_NAME = 60;
const MOST_CERTIFICATE = 120;

const resourceForm = z.object({
  id: given,
  nameZh: given,
  nameEn: given,
  certificate: given,
  validUntil: given,
  active: ticked,
  person: given,
});
const hours = Object.fromEntries(Array.from({ length: 7 }, (_, day) => [`hours-${day}`, given]));

/** Of the resources each line by its place: `resource.0.nameZh`. */
export const poolForm = z
  .object({ kind: given, field: given, nameZh: given, nameEn: given, grid: given, holidays: ticked, add: given, ...hours })
  .extend({ resource: z.preprocess((lines) => Object.values(lines ?? {}).slice(0, MOST_RESOURCES), z.array(resourceForm)) });

export const textsIn = ({ resource: resources, ...texts }: z.output<typeof poolForm>): PoolTexts => ({
  ...texts,
  resources: resources.map((row) => ({ ...row, alsoIn: [] })),
  hours: Array.from({ length: 7 }, (_, day) => String((texts as Record<string, unknown>)[`hours-${day}`] ?? '')),
});

/** The last instant of a day in the zone; undefined for what is no day. */
function endOf(text: string, zone: string): number | undefined {
  const day = shownDay(text);
  return day === undefined ? undefined : dayEnd(zone, day) - 1;
}

/** @returns the input of `savePool`, or the faults by the names of the fields: a word of pool.tsx, or one every form knows */
export function readPool(texts: PoolTexts, { pool, timeZone, members, others }: Shown): { input: PoolInput } | { faults: Faults } {
  const faults: Faults = {};
  const bounded = (field: string, text: string, most: number) => {
    if (text.length > most) faults[field] = 'too_long';
  };
  const gridMinutes = pool?.gridMinutes ?? GRIDS.find((grid) => String(grid) === texts.grid) ?? 30;
  const kind = POOL_KINDS.find((one) => one === texts.kind);
  if (!kind) faults.kind = 'choose';
  const field = FIELDS.find((one) => one === texts.field);
  if (!field) faults.field = 'choose';
  bounded('nameEn', texts.nameEn, MOST_NAME);
  const weeklyHours = texts.hours.map((text, day) => {
    const hours = parseHours(text, gridMinutes);
    const fault = hoursFault(text, gridMinutes);
    if (fault) faults[`hours-${day}`] = `hours_${fault}`;
    return hours ?? [];
  });
  for (const day of daysInNight(weeklyHours)) faults[`hours-${day}`] ??= 'hours_night';
  if (!Object.keys(faults).some((name) => name.startsWith('hours-')) && weeklyHours.every((hours) => hours.length === 0))
    faults['hours-0'] = 'none_open';
  if (!texts.nameZh || texts.nameZh.length > MOST_NAME) faults.nameZh = 'name';
  const added = texts.add === '' ? 0 : /^\d{1,3}$/.test(texts.add) && Number(texts.add) <= MOST_ADDED ? Number(texts.add) : undefined;
  if (added === undefined) faults.add = 'add';
  const kept = texts.resources.map(({ validUntil, person, alsoIn: _, ...row }, i) => {
    const end = validUntil === '' ? null : endOf(validUntil, timeZone);
    if (end === undefined) faults[`resource.${i}.validUntil`] = 'date';
    if (!row.nameZh || row.nameZh.length > MOST_NAME) faults[`resource.${i}.nameZh`] = 'name';
    const chosen = (texts.kind === 'technician' && person) || null;
    const personId = members.find((one) => one.personId === chosen)?.personId ?? null;
    const sameAs = others.find((one) => one.id === chosen)?.id ?? null;
    if (chosen && !personId && !sameAs) faults[`resource.${i}.person`] = 'person';
    if (sameAs && texts.resources.some((other, n) => n < i && other.person === person && other.active && row.active))
      faults[`resource.${i}.person`] = 'twice';
    bounded(`resource.${i}.nameEn`, row.nameEn, MOST_NAME);
    bounded(`resource.${i}.certificate`, row.certificate, MOST_CERTIFICATE);
    return { ...row, validUntil: end ?? null, personId, sameAs };
  });
  if (kept.length + (added ?? 0) > MOST_RESOURCES) faults.add = 'resources';
  if (!kind || !field || Object.keys(faults).length > 0) return { faults };
  const fresh = Array.from({ length: added ?? 0 }, (_, i) => {
    const n = kept.length + i + 1;
    return {
      id: null,
      nameZh: `${texts.nameZh} ${n}`.slice(-MOST_NAME),
      nameEn: texts.nameEn && `${texts.nameEn} ${n}`.slice(-MOST_NAME),
      active: true,
      certificate: '',
      validUntil: null,
    };
  });
  return {
    input: {
      id: pool?.id ?? null,
      kind,
      field,
      nameZh: texts.nameZh,
      nameEn: texts.nameEn,
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
    resources: resources.map(({ id, nameZh, nameEn, certificate, validUntil, active, personId, sameAs, alsoIn }) => ({
      id,
      nameZh,
      nameEn,
      certificate,
      validUntil: validUntil === null ? '' : isoDay(dayOf(timeZone, validUntil)),
      active,
      person: personId ?? sameAs ?? '',
      alsoIn,
    })),
  };
}
