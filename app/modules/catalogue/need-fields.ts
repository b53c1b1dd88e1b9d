/** The holes of the sentence in which a visitor states a need, as they stand in forms and addresses: all text, as typed. */
import type { Family } from '#db/schema/centres.ts';

export const NEED_FIELDS = [
  'family',
  'item',
  'n',
  'min',
  'max',
  'unit',
  'by',
  'limit',
  'lunit',
  'k',
  'ratio',
  'accuracy',
  'pmin',
  'pmax',
  'punit',
  'place',
  'from',
] as const;
export type NeedField = (typeof NEED_FIELDS)[number];
export type NeedText = Record<NeedField, string>;

/** Kinds of service that measure something a centre has stated an uncertainty for. */
export const MEASURING_FAMILIES = [
  'calibration',
  'verification',
  'testing',
  'shared_equipment',
  'rd_support',
] as const satisfies readonly Family[];

/** What a hole holds when the address does not name it. The ratio is JJF 1094's: U at most a third of the MPE. */
export const NEED_DEFAULTS: NeedText = {
  family: 'calibration',
  item: '',
  n: '1',
  min: '',
  max: '',
  unit: '',
  by: 'u',
  limit: '',
  lunit: '',
  k: '',
  ratio: '3',
  accuracy: '',
  pmin: '',
  pmax: '',
  punit: '',
  place: '',
  from: '',
};

/** Longer than any value a hole can hold is cut, so that a bad address stays a small one. */
const LONGEST = 240;

export function needText(params: URLSearchParams): NeedText {
  const text = { ...NEED_DEFAULTS };
  for (const field of NEED_FIELDS) {
    const given = params.get(field)?.trim().slice(0, LONGEST);
    if (given) text[field] = given;
  }
  return text;
}

/** Only what differs from the defaults, in the order of the sentence; the ratio and the k of U only where they are used. */
export function needParams(text: NeedText, change: Partial<NeedText> = {}): URLSearchParams {
  const all = { ...text, ...change };
  const params = new URLSearchParams();
  for (const field of NEED_FIELDS) {
    if (field === 'ratio' && all.by !== 'mpe') continue;
    if (field === 'k' && (all.by === 'mpe' || all.limit === '')) continue;
    if (field === 'by' && all.limit === '') continue;
    if (all[field] !== NEED_DEFAULTS[field]) params.set(field, all[field]);
  }
  return params;
}

/** True when nothing has been asked yet: the page then invites instead of searching. */
export const isBlank = (text: NeedText): boolean => !text.item && !text.min && !text.max && !text.limit && !text.pmin && !text.pmax;
