/** Parts of documents that are the same for many visits, drawn once: result cards, rows of lists. Never for what is hydrated. */
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { getLocale } from '#app/i18n/paraglide/runtime.js';

/** A card has about 2 kB with what it is known by. */
const MOST_KEPT = 3000;
const MOST_OF_ONE = 4;

/**
 * The markup of `draw(view)`, kept by what the view says and by the language. `draw` depends on nothing else: no hooks, no clock.
 * @param draw of a view that is plain JSON
 * @param most so many are kept: fewer of what may be long
 */
export function keepMarkup<View>(draw: (view: View) => ReactElement, most = MOST_KEPT): (view: View) => string {
  const kept = new Map<string, string>();
  return (view) => {
    const key = getLocale() + JSON.stringify(view);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = renderToStaticMarkup(draw(view));
    // The oldest goes; what is asked for often is soon there again.
    if (kept.size >= most) kept.delete(kept.keys().next().value as string);
    kept.set(key, made);
    return made;
  };
}

/**
 * The same of objects that stay what they are as long as what they say does (`factsByVersion`, cards of the catalogue): known by
 * themselves, not by all they say.
 * @param draw depends on the subject, on what stands beside it and on nothing else
 */
export function keepMarkupOf<Subject extends object, Beside extends (string | number | null | undefined)[]>(
  draw: (subject: Subject, ...beside: Beside) => ReactElement,
): (subject: Subject, ...beside: Beside) => string {
  const kept = new WeakMap<Subject, Map<string, string>>();
  return (subject, ...beside) => {
    const known = kept.get(subject) ?? new Map<string, string>();
    kept.set(subject, known);
    const key = `${getLocale()}\n${beside.join('\n')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = renderToStaticMarkup(draw(subject, ...beside));
    // What stood beside it before, a start that is taken, is not asked for again.
    if (known.size >= MOST_OF_ONE) known.clear();
    known.set(key, made);
    return made;
  };
}
