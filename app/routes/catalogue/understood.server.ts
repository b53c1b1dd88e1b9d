/** What was made of typed words, for the page to show. */
import * as m from '#app/i18n/paraglide/messages.js';
import { differenceFromBase } from '#app/modules/capability/rules/units/quantities.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Requirement } from '#app/modules/capability/search/matching.ts';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import type { FoundByWords } from '#app/modules/catalogue/find-by-words.server.ts';
import { NEED_DEFAULTS, type NeedText, needParams } from '#app/modules/catalogue/need-fields.ts';
import type { Assumed } from '#app/modules/catalogue/nominal-range.ts';
import type { ReadNeed } from '#app/modules/catalogue/read-need.server.ts';
import { spanUnits } from '#app/modules/catalogue/span-units.ts';
import type { ClassRead, Reading } from '#app/modules/catalogue/spread-item.server.ts';
import { GAP } from '#app/ui/format.ts';
import { deliveryName } from './delivery-words.ts';
import { requiredText } from './reasons.ts';
import { inPageLanguage } from './sentence.server.tsx';
import type { Note, UnderstoodView } from './understood.tsx';
import { accreditationName, familyName, nameOf, spanText } from './words.ts';

type Known = { catalogue: Catalogue; scopes: Scopes };
type Chips = UnderstoodView['chips'];

const amount = (value: string, unit: string) => (unit ? `${value}${GAP}${unit}` : value);

export function spanSaid({ min, max, unit }: { min: string; max: string; unit: string }): string {
  const [low, high] = [min, max].filter((end) => end !== '');
  const text = high === undefined ? (low ?? '') : `${low}${low?.startsWith('-') ? ' … ' : '–'}${high}`;
  return unit ? amount(text, unit) : m.catalogue_understood_unit_missing({ range: text });
}

export const cityName = (catalogue: Catalogue, key: string): string => {
  const city = catalogue.cities().get(key);
  return city ? nameOf(city) : key;
};

const CLASS: Record<ClassRead['means'], (inputs: { value: string }) => string> = {
  span: m.catalogue_understood_class_span,
  reading: m.catalogue_understood_class_reading,
  no_range: m.catalogue_understood_class_no_range,
  grade: m.catalogue_understood_class_unknown,
  unknown: m.catalogue_understood_class_unknown,
};

/** Beside the sentence: its holes hold what was read, and are where it is put right. */
export function readingView(reading: Reading, text: NeedText, { catalogue, scopes }: Known): UnderstoodView {
  const has = (field: keyof NeedText) => reading.filled.includes(field);
  const chips: Chips = [];
  if (text.item) chips.push({ label: m.catalogue_hole_item(), text: text.item });
  if (has('family')) chips.push({ label: m.catalogue_hole_family(), text: familyName(text.family) });
  if (has('n')) chips.push({ label: m.catalogue_hole_n(), text: text.n });
  // What one number names as a size is told with what was assumed of it.
  if (has('max')) chips.push({ label: m.catalogue_understood_range(), text: spanSaid(text) });
  if (has('limit') && !reading.accuracyClass)
    chips.push({
      label: text.by === 'mpe' ? m.catalogue_understood_mpe() : m.catalogue_understood_u(),
      text: text.by === 'mpe' ? `±${amount(text.limit, text.lunit)}` : amount(text.limit, text.lunit),
    });
  if (reading.accuracyClass) {
    const { value, means } = reading.accuracyClass;
    const limit = has('limit') && means === 'span' ? ` = ±${amount(text.limit, text.lunit)}` : '';
    chips.push({ label: m.catalogue_understood_class(), text: CLASS[means]({ value }) + limit });
  }
  if (has('punit'))
    chips.push({ label: m.catalogue_understood_condition(), text: spanSaid({ min: text.pmin, max: text.pmax, unit: text.punit }) });
  if (reading.model)
    chips.push({ label: m.catalogue_understood_model(), text: m.catalogue_understood_model_noted({ model: reading.model }) });
  for (const kind of reading.accreditation) chips.push({ label: m.catalogue_understood_accreditation(), text: accreditationName(kind) });
  if (reading.onSite) chips.push({ label: m.catalogue_facet_delivery(), text: deliveryName('on_site') });
  if (has('place')) chips.push({ label: m.catalogue_hole_place(), text: cityName(catalogue, text.place) });
  // A range without its unit is asked about, with the units this instrument is measured in.
  const units = has('max') && text.unit === '' ? spanUnits(scopes, text.item) : [];
  return {
    title: m.catalogue_understood_typed({ typed: reading.typed.slice(0, 80) }),
    chips,
    unused: reading.unused,
    ways: units.map((unit) => ({ to: `/match?${needParams(text, { unit })}`, text: m.catalogue_understood_unit_fix({ unit }) })),
  };
}

/** What was assumed of the holes, or is not judged, and the way to ask for the other thing. */
export function notesOf(asked: ReadNeed, text: NeedText): Note[] {
  const { range, assumed, need } = asked;
  const notes: Note[] = assumed.map((code) => {
    const said = range ? spanText({ min: range.min, max: range.max, unit: range.unit.code }) : '';
    // Inches have no point beside them: the exact size is asked in millimetres.
    if (code === 'inch_series') return { text: ASSUMED[code]({ range: said }) };
    const point = amount(text.max, text.unit);
    return {
      text: ASSUMED[code]({ range: said }),
      way: { to: `/match?${needParams(text, { min: text.max })}`, text: m.catalogue_assumed_point({ point }) },
    };
  });
  const { accuracy: value } = text;
  if (value === '' || !need) return notes;
  if (need.unjudged !== undefined) notes.push({ text: m.catalogue_class_unjudged({ value }) });
  else if (text.limit !== '') notes.push({ text: m.catalogue_class_unused({ value }) });
  else if (need.required && 'mpe' in need.required) notes.push({ text: m.catalogue_class_judged({ value, mpe: mpeText(need.required) }) });
  return notes;
}

const ASSUMED: Record<Assumed, (inputs: { range: string }) => string> = {
  from_zero: m.catalogue_assumed_from_zero,
  steps_of_25: m.catalogue_assumed_steps_of_25,
  from_fifth: m.catalogue_assumed_from_fifth,
  capacity_of_scale: m.catalogue_assumed_capacity,
  capacity_of_balance: m.catalogue_assumed_capacity,
  inch_series: m.catalogue_assumed_inch_series,
};

const PERCENT = 100;
const mpeText = (required: Extract<Requirement, { mpe: number }>): string =>
  required.type === 'mpe'
    ? requiredText({ value: differenceFromBase(required.mpe, required.unit), unit: required.unit.code })
    : requiredText({ value: required.mpe * PERCENT, unit: '%' });

/** Of a search by words: what it took words for, and the numbers only the search by need uses. Null when there is nothing to say. */
export function wordsView({ sentence, taken }: FoundByWords, typed: string, { catalogue, scopes }: Known): UnderstoodView | null {
  const instrument = inPageLanguage(scopes, { ...NEED_DEFAULTS, item: sentence.instrument }).item;
  const { quantity, range, limit, accuracyClass, parameter, model } = sentence;
  const chips: Chips = taken.map(({ from, to }) => ({
    label: m.catalogue_understood_taken({ word: from }),
    text: to.join(m.catalogue_list_comma()),
  }));
  const spoken = new Set(taken.map(({ from }) => from));
  if (model) chips.push({ label: m.catalogue_understood_model(), text: modelText(model, sentence.instrument, instrument) });
  const numbers: Chips = [];
  if (quantity) numbers.push({ label: m.catalogue_hole_n(), text: quantity });
  if (range) numbers.push({ label: m.catalogue_understood_range(), text: spanSaid(range) });
  if (limit)
    numbers.push({
      label: limit.by === 'u' ? m.catalogue_understood_u() : m.catalogue_understood_mpe(),
      text: limit.ofSpan ? m.catalogue_understood_of_span({ value: limit.value }) : amount(limit.value, limit.unit),
    });
  if (accuracyClass) numbers.push({ label: m.catalogue_understood_class(), text: accuracyClass });
  if (parameter) numbers.push({ label: m.catalogue_understood_condition(), text: spanSaid(parameter) });
  const unused = sentence.unused.filter((word) => !spoken.has(word));
  if (chips.length + numbers.length + unused.length === 0) return null;
  if (sentence.named && chips.length + numbers.length > 0 && taken.length === 0)
    chips.unshift({
      label: m.catalogue_hole_item(),
      text: sentence.model?.instrument === sentence.instrument ? instrument : sentence.instrument,
    });
  for (const kind of sentence.accreditation ?? [])
    chips.push({ label: m.catalogue_understood_accreditation(), text: accreditationName(kind) });
  if (sentence.place) chips.push({ label: m.catalogue_hole_place(), text: cityName(catalogue, sentence.place) });
  const way = numbers.length > 0 ? [{ to: needPath(typed), text: `${m.catalogue_understood_numbers()} ${m.catalogue_words_need()}` }] : [];
  return { title: m.catalogue_understood_title(), chips: [...chips, ...numbers], unused, ways: way };
}

const modelText = ({ text, instrument }: { text: string; instrument: string | null }, named: string, shown: string): string =>
  instrument && instrument === named
    ? m.catalogue_understood_model_as({ model: text, instrument: shown })
    : m.catalogue_understood_model_noted({ model: text });

/** The search by need with the same words: its instrument's hole takes a sentence apart. */
export const needPath = (words: string): string => `/match?${needParams({ ...NEED_DEFAULTS, item: words.slice(0, 120) })}`;
