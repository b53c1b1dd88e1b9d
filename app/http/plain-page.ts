import type { Problem } from '#app/core/problem.ts';
import type { Locale } from '#app/i18n/locale.ts';
import { problemWords } from './problems.ts';

const inHtml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** For the rare answer that no route gives (an address nobody can read, a body cut off): the same words, without the site around them. */
export function plainPage(problem: Pick<Problem, 'code' | 'facts'>, locale: Locale, requestId: string): string {
  const { title, text, next } = problemWords(problem, locale);
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${inHtml(title)}</title></head><body><h1>${inHtml(title)}</h1><p>${inHtml(text)}</p><p>${inHtml(next)}</p>`,
    `<p><a href="${locale === 'en' ? '/en' : '/'}">Hengji</a> · <small>${inHtml(requestId)}</small></p></body></html>`,
  ].join('\n');
}
