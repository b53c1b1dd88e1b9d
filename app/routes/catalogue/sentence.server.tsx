/** What the sentence with holes needs around it: known instruments, cities, today; and what is wrong with it, in words. */
import { renderToStaticMarkup } from 'react-dom/server';
import { currentLocale, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { resolve, type Vocabulary } from '#app/modules/capability/rules/instrument-names.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { type NeedField, type NeedText, needParams } from '#app/modules/catalogue/need-fields.ts';
import { instrumentsMeant } from '#app/modules/catalogue/need-vocabulary.ts';
import type { NeedProblem, ReadNeed } from '#app/modules/catalogue/read-need.server.ts';
import { isoDay } from '#app/ui/format.ts';
import type { NeedSentenceProps, NeedTrouble } from './need-sentence.tsx';
import { nameOf } from './words.ts';

/** As many names as a list can be scrolled through; the rest is found by typing. */
const MOST_ITEMS = 300;

export function sentenceFrame(catalogue: Catalogue, scopes: Scopes, now: number): Pick<NeedSentenceProps, 'items' | 'cities' | 'today'> {
  return {
    items: itemsOf(scopes.vocabulary),
    cities: [...catalogue.cities()].map(([key, city]) => ({ key, name: nameOf(city) })),
    today: isoDay(now, 'Asia/Shanghai'),
  };
}

/** By vocabulary and language: three hundred names are a third of the home page's work when they are drawn for every visit. */
const drawn = new WeakMap<Vocabulary, Map<string, string>>();

function itemsOf(vocabulary: Vocabulary): string {
  const kept = drawn.get(vocabulary) ?? new Map<string, string>();
  drawn.set(vocabulary, kept);
  const locale = currentLocale();
  const known = kept.get(locale);
  if (known !== undefined) return known;
  const names = new Set(vocabulary.entries.slice(0, MOST_ITEMS).map((entry) => pick(entry.zh, entry.en)));
  const made = renderToStaticMarkup([...names].map((name) => <option key={name} value={name} />));
  kept.set(locale, made);
  return made;
}

/** Names like what was typed. */
export const suggestions = (scopes: Scopes, text: string): string[] =>
  resolve(scopes.vocabulary, text, 5).map((candidate) => pick(candidate.zh, candidate.en));

const WORDS: Record<NeedProblem, (inputs: { value: string }) => string> = {
  too_long: m.catalogue_need_problem_too_long,
  item_unknown: m.catalogue_need_problem_item_unknown,
  nothing_to_measure: m.catalogue_need_problem_nothing_to_measure,
  not_a_number: m.catalogue_need_problem_not_a_number,
  absurd_number: m.catalogue_need_problem_absurd_number,
  not_positive: m.catalogue_need_problem_not_positive,
  pieces_out_of_range: m.catalogue_need_problem_pieces_out_of_range,
  reversed: m.catalogue_need_problem_reversed,
  below_absolute_zero: m.catalogue_need_problem_below_absolute_zero,
  unit_missing: m.catalogue_need_problem_unit_missing,
  unit_unknown: m.catalogue_need_problem_unit_unknown,
  parameter_unknown: m.catalogue_need_problem_parameter_unknown,
  ratio_out_of_range: m.catalogue_need_problem_ratio_out_of_range,
  coverage_unclear: m.catalogue_need_problem_coverage_unclear,
  place_unknown: m.catalogue_need_problem_place_unknown,
  not_a_date: m.catalogue_need_problem_not_a_date,
  date_past: m.catalogue_need_problem_date_past,
  date_far: m.catalogue_need_problem_date_far,
  family_unknown: m.catalogue_need_problem_family_unknown,
};

/** Each wrong hole in words, with the one thing that mends it where there is one. */
export function troublesOf({ problems }: Pick<ReadNeed, 'problems'>, text: NeedText): NeedTrouble[] {
  return (Object.entries(problems) as [NeedField, NeedProblem][]).map(([field, problem]) => {
    const fix = fixOf(field, problem, text);
    return { field, text: WORDS[problem]({ value: text[field].slice(0, 40) }), ...(fix ? { fix } : {}) };
  });
}

function fixOf(field: NeedField, problem: NeedProblem, text: NeedText): NeedTrouble['fix'] {
  const to = (change: Partial<NeedText>) => `/match?${needParams(text, change)}`;
  if (problem === 'reversed') {
    const change = field === 'max' ? { min: text.max, max: text.min } : { pmin: text.pmax, pmax: text.pmin };
    return { to: to(change), text: m.catalogue_need_fix_swap() };
  }
  if (problem === 'item_unknown') return { to: `/search?q=${encodeURIComponent(text.item)}`, text: m.catalogue_need_words_instead() };
  if (field === 'family') return { to: to({ family: 'any' }), text: m.catalogue_need_any_family() };
  if (field === 'place' || field === 'from') return { to: to({ [field]: '' }), text: m.catalogue_need_fix_clear() };
  return undefined;
}

/** An instrument that is named for certain stands in the page's language, whichever it was asked in. */
export function inPageLanguage(scopes: Scopes, text: NeedText): NeedText {
  const [only, ...others] = text.item ? instrumentsMeant(scopes, text.item) : [];
  return only && others.length === 0 && only.score === 1 ? { ...text, item: pick(only.zh, only.en) } : text;
}
