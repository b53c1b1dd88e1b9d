/** A whole sentence typed into the instrument's hole, spread over the holes it belongs to. */
import { isName, resolve, type Vocabulary } from '#app/modules/capability/rules/instrument-names.ts';
import { type ClassMeaning, commonLexicon } from '#app/modules/capability/words/lexicon.ts';
import type { Filters } from './facets.ts';
import { NEED_DEFAULTS, type NeedField, type NeedText } from './need-fields.ts';
import { byInstrument, type Measured, onlyScale } from './numbers-by-instrument.server.ts';
import { type Places, readSentence, type Sentence } from './read-sentence.server.ts';

/** What an accuracy class came to. `no_range`: of a span that was not given. */
export type ClassRead = { value: string; means: ClassMeaning | 'no_range' | 'unknown' };

/** What was made of the sentence, to be shown beside it. */
export type Reading = {
  /** The sentence as it was typed. */
  typed: string;
  /** Holes that were filled from it. */
  filled: NeedField[];
  accuracyClass?: ClassRead;
  model?: string;
  accreditation: ('CNAS' | 'CMA')[];
  onSite: boolean;
  unused: string[];
};

/** What of it is a filter rather than a hole. */
export const facetsOf = ({ accreditation, onSite }: Reading): Filters['facets'] => ({
  ...(accreditation.length > 0 ? { accreditation } : {}),
  ...(onSite ? { delivery: ['on_site'] } : {}),
});

/** Letters and digits are read apart: m 120. */
const together = (word: string): string => word.replaceAll(' ', '');
const asTyped = (typed: string, word: string): string => {
  const plain = typed.normalize('NFKC');
  // Between its atoms signs may stand that are no letters: 分度值0.02.
  const atoms = word.split(' ').map((atom) => atom.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const found = new RegExp(atoms.join('[\\s\\p{P}\\p{S}]*'), 'iu').exec(plain);
  return found ? found[0] : word;
};

/** What the scopes there are say of an instrument. */
export type ReadingBy = {
  /** Whether a word names a class, type or size of it. */
  designates: (instrument: string, word: string) => boolean;
  measured: (instrument: string) => Measured;
};

/** A longer one is refused as a whole, with a word. */
const LONGEST = 120;

/** Null when the hole holds a name and nothing else. */
export function spreadItem(
  text: NeedText,
  vocabulary: Vocabulary,
  places: Places,
  { designates, measured }: ReadingBy,
): { text: NeedText; reading: Reading | null } {
  if (text.item === '' || text.item.length > LONGEST) return { text, reading: null };
  if (isName(vocabulary, text.item)) return { text: inOnlyScale(text, measured), reading: null };
  const read = readSentence(text.item, vocabulary, places);
  const sentence = read.named ? byInstrument(read, measured(read.instrument)) : read;
  const { spread, filled, unused } = fill(text, sentence);
  const accuracyClass = sentence.accuracyClass ? classOf(sentence.accuracyClass, spread, filled, vocabulary) : undefined;
  const all = [...sentence.unused, ...unused];
  // A class, type or size stays with its instrument: M10 of a thread gauge.
  const at = spread.item === '' ? -1 : all.findIndex((word) => designates(spread.item, together(word)));
  if (at >= 0) spread.item = `${spread.item} ${asTyped(text.item, all.splice(at, 1)[0] as string)}`;
  // Nothing was made of it: the hole says so.
  if (spread.item === text.item || (filled.length === 0 && !understood(sentence))) return { text, reading: null };
  return {
    text: spread,
    reading: {
      typed: text.item,
      filled,
      ...(accuracyClass ? { accuracyClass } : {}),
      ...(sentence.model ? { model: sentence.model.text } : {}),
      accreditation: sentence.accreditation ?? [],
      onSite: sentence.onSite ?? false,
      unused: all.map((word) => asTyped(text.item, word)),
    },
  };
}

/** A range without a unit needs none of an instrument that has but one. */
function inOnlyScale(text: NeedText, measured: ReadingBy['measured']): NeedText {
  if (text.unit !== '' || text.min + text.max === '') return text;
  return { ...text, unit: onlyScale(measured(text.item)) ?? '' };
}

const understood = ({ accuracyClass, model, accreditation, onSite, named }: Sentence): boolean =>
  named || Boolean(accuracyClass ?? model ?? accreditation ?? onSite);

type Filled = { spread: NeedText; filled: NeedField[]; unused: string[] };

/** A hole that was filled by hand is left as it is, and what the sentence says of it is not used. */
function fill(text: NeedText, sentence: Sentence): Filled {
  const spread: NeedText = { ...text, item: sentence.instrument };
  const filled: NeedField[] = [];
  const unused: string[] = [];
  const put = (said: string, values: Partial<NeedText>) => {
    const fields = (Object.keys(values) as NeedField[]).filter((field) => values[field] !== NEED_DEFAULTS[field]);
    const free = (Object.keys(values) as NeedField[]).every(
      (field) => text[field] === NEED_DEFAULTS[field] || text[field] === values[field],
    );
    if (!free) unused.push(said);
    else {
      Object.assign(spread, values);
      filled.push(...fields);
    }
  };
  const { quantity, range, limit, parameter, place, family } = sentence;
  if (quantity) put(`× ${quantity}`, { n: quantity });
  if (range) put(spanSaid(range), range);
  const inSpan = limit?.ofSpan ? shareOfSpan(limit.value, spread) : null;
  if (limit?.ofSpan && !inSpan) unused.push(`${limit.value} % FS`);
  else if (inSpan) put(`${limit?.value} % FS`, inSpan);
  else if (limit) put(`${limit.value} ${limit.unit}`, { by: limit.by, limit: limit.value, lunit: limit.unit });
  if (parameter) put(spanSaid(parameter), { pmin: parameter.min, pmax: parameter.max, punit: parameter.unit });
  if (place) put(place, { place });
  if (family && family !== NEED_DEFAULTS.family) put(family, { family });
  else if (family && text.family !== family) unused.push(family);
  else if (family) filled.push('family');
  return { spread, filled, unused };
}

const spanSaid = ({ min, max, unit }: { min: string; max: string; unit: string }) =>
  `${[min, max].filter(Boolean).join('–')} ${unit}`.trim();

/** A share of the span as an MPE in the unit of the range; null without a range. */
function shareOfSpan(percent: string, { min, max, unit }: NeedText): Pick<NeedText, 'by' | 'limit' | 'lunit'> | null {
  const span = Number(max) - Number(min || '0');
  if (max === '' || unit === '' || !(span > 0)) return null;
  return { by: 'mpe', limit: String(Number(((Number(percent) / 100) * span).toPrecision(12))), lunit: unit };
}

/** The MPE an accuracy class stands for, where the instrument's classes do: of a pressure gauge, that share of the span. */
function classOf(value: string, spread: NeedText, filled: NeedField[], vocabulary: Vocabulary): ClassRead {
  const [best] = resolve(vocabulary, spread.item, 1);
  const ids = best ? commonLexicon().meant(best.zh) : commonLexicon().meant(spread.item);
  const means = ids.map((id) => commonLexicon().instruments[id]?.classMeans).find((one) => one) ?? 'unknown';
  if (spread.limit !== '') return { value, means: 'unknown' };
  const mpe = means === 'reading' ? { by: 'mpe', limit: value, lunit: '%' } : means === 'span' ? shareOfSpan(value, spread) : null;
  if (!mpe) {
    // It stays with the need, to be judged once a range is given.
    spread.accuracy = value;
    filled.push('accuracy');
    return { value, means: means === 'span' ? 'no_range' : means };
  }
  Object.assign(spread, mpe);
  filled.push('by', 'limit', 'lunit');
  return { value, means };
}
