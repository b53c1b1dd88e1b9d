/** A search as a person reads it: its words, or what the sentence's holes hold, and its filters. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { NEED_DEFAULTS, needText } from '#app/modules/catalogue/need-fields.ts';
import { readFilters } from '#app/modules/catalogue/search-query.ts';
import type { Asked } from '#app/modules/catalogue/wanted/demand.ts';
import { GAP } from '#app/ui/format.ts';
import { facetGroups } from './facet-groups.server.ts';
import { cityName, spanSaid } from './understood.server.ts';
import { familyName } from './words.ts';

const MOST_LETTERS = 300;

export function saidOf({ search, asked }: Asked, catalogue: Catalogue): string {
  const params = new URLSearchParams(asked);
  const filters = readFilters(params, ['fit']);
  const said = search === 'words' ? [filters.words] : needSaid(params, catalogue);
  // Families are a hole of the need, and a filter beside words.
  const without = search === 'need' ? (['family'] as const) : [];
  const chosen = facetGroups(catalogue, {}, filters, without).flatMap(({ values }) =>
    values.filter((value) => value.checked).map(({ label }) => label),
  );
  return [...said, ...chosen].join(m.catalogue_list_comma()).slice(0, MOST_LETTERS);
}

function needSaid(params: URLSearchParams, catalogue: Catalogue): string[] {
  const need = needText(params);
  const said: string[] = [];
  if (need.family !== NEED_DEFAULTS.family && need.family !== 'any') said.push(familyName(need.family));
  if (need.item) said.push(need.n === '1' ? need.item : `${need.item} × ${need.n}`);
  if (need.min || need.max) said.push(spanSaid(need));
  if (need.limit) {
    const limit = `${need.limit}${GAP}${need.lunit}`;
    said.push(need.by === 'mpe' ? `${m.catalogue_understood_mpe()} ±${limit}` : `${m.catalogue_understood_u()} ${limit}`);
  }
  if (need.accuracy) said.push(m.catalogue_need_accuracy({ accuracy: need.accuracy }));
  if (need.pmin || need.pmax) said.push(spanSaid({ min: need.pmin, max: need.pmax, unit: need.punit }));
  if (need.place) said.push(cityName(catalogue, need.place));
  return said;
}
