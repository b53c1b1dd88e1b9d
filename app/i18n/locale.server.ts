import { AsyncLocalStorage } from 'node:async_hooks';
import { type Locale, localeStore } from './locale.ts';

const shared = globalThis as unknown as { [key: symbol]: AsyncLocalStorage<Locale> | undefined };

/** Runs the work of one request in its language. */
export function runWithLocale<T>(locale: Locale, work: () => T): T {
  shared[localeStore] ??= new AsyncLocalStorage<Locale>();
  return shared[localeStore].run(locale, work);
}
