/**
 * The language is in the address: `/en/…` is English, everything else Chinese. The server runs each request inside
 * `runWithLocale`; the browser reads `<html lang>`. Importing this file makes the messages follow it.
 */
import { overwriteGetLocale } from './paraglide/runtime.js';

export type Locale = 'zh-CN' | 'en';

type Store = { run<T>(locale: Locale, work: () => T): T; getStore(): Locale | undefined };
/** On globalThis, because the server's bundle and the process around it each hold a copy of this module. */
const STORE = Symbol.for('hengji.locale');
const store = () => (globalThis as { [STORE]?: Store })[STORE];

export function currentLocale(): Locale {
  if (typeof document !== 'undefined') return document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
  return store()?.getStore() ?? 'zh-CN';
}

overwriteGetLocale(currentLocale);

/** Covers `/en`, `/en/…` and the data requests `/en.data`, `/en/….data`. */
export const localeOfPath = (path: string): Locale => (/^\/en(\/|\.data$|$)/.test(path) ? 'en' : 'zh-CN');

/** A path of the site in the given language; `path` is the Chinese one (`/search?q=…`). */
export function localePath(path: string, locale: Locale = currentLocale()): string {
  if (locale === 'zh-CN') return path;
  return path === '/' ? '/en' : path.startsWith('/?') || path.startsWith('/#') ? `/en${path.slice(1)}` : `/en${path}`;
}

/** The same page without its language: `/en/search` → `/search`. */
export const barePath = (path: string): string => path.replace(/^\/en(?=\/|$)/, '') || '/';

/** Picks the language of a pair of columns: `pick(row.nameZh, row.nameEn)`. The other one serves when one is empty. */
export const pick = (zh: string, en: string, locale: Locale = currentLocale()): string => (locale === 'en' ? en || zh : zh || en);

/** @internal set once by locale.server.ts */
export const localeStore = STORE;
