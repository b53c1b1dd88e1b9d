/** Parts of documents that are the same for many visits, drawn once: result cards, rows of lists. Never for what is hydrated. */
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { getLocale } from '#app/i18n/paraglide/runtime.js';

/** A card has about 2 kB with what it is known by. */
const MOST_KEPT = 3000;

/**
 * The markup of `draw(view)`, kept by what the view says and by the language. `draw` depends on nothing else: no hooks, no clock.
 * @param view plain JSON
 */
export function keepMarkup<View>(draw: (view: View) => ReactElement): (view: View) => string {
  const kept = new Map<string, string>();
  return (view) => {
    const key = getLocale() + JSON.stringify(view);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = renderToStaticMarkup(draw(view));
    // The oldest goes; what is asked for often is soon there again.
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
    kept.set(key, made);
    return made;
  };
}
