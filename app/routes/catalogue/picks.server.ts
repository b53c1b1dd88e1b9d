/** Services picked for comparison, kept in a cookie between pages: slugs, joined by points. Nothing secret, nothing trusted. */
import type { Catalogue, ServiceCard } from '#app/modules/catalogue/catalogue.ts';

const COOKIE = 'compare';
export const MOST_PICKS = 4;
const MONTH_S = 30 * 86_400;

export function picksOf(request: Request, catalogue: Catalogue): ServiceCard[] {
  const [, value = ''] = /(?:^|;\s*)compare=([\w.-]*)/.exec(request.headers.get('Cookie') ?? '') ?? [];
  return existing(catalogue, value.split('.'));
}

/** The services of these slugs that are on offer, each once, at most four. */
export function existing(catalogue: Catalogue, slugs: readonly string[]): ServiceCard[] {
  const cards = [...new Set(slugs)].map((slug) => catalogue.serviceBySlug(slug)).filter((card) => card !== undefined);
  return cards.slice(0, MOST_PICKS);
}

export const picksCookie = (cards: readonly ServiceCard[], secure: boolean): string =>
  `${COOKIE}=${cards.map((card) => card.slug).join('.')}; Path=/; Max-Age=${MONTH_S}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
