/** Numbers, money and times as people read them. Every function takes the locale (the page's, when left out) and times their zone. */
import { currentLocale, type Locale } from '#app/i18n/locale.ts';

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
const numberFormat = (locale: Locale, digits: number, most = digits) => {
  const key = `n${locale}${digits}.${most}`;
  const format =
    (cache.get(key) as Intl.NumberFormat | undefined) ??
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: most });
  cache.set(key, format);
  return format;
};
/** Lists show the same instants and prices again and again, and Intl takes microseconds for each: what was written is kept for a while. */
const written = new Map<string, string>();
const MOST_WRITTEN = 20_000;
function once(key: string, write: () => string): string {
  const known = written.get(key);
  if (known !== undefined) return known;
  if (written.size >= MOST_WRITTEN) written.clear();
  const text = write();
  written.set(key, text);
  return text;
}
const dateFormat = (locale: Locale, options: Intl.DateTimeFormatOptions) => {
  const key = `d${locale}${JSON.stringify(options)}`;
  const format =
    (cache.get(key) as Intl.DateTimeFormat | undefined) ??
    new Intl.DateTimeFormat(locale, { calendar: 'gregory', hourCycle: 'h23', ...options });
  cache.set(key, format);
  return format;
};

/** Between a number and its unit: a space at which no line breaks. */
export const GAP = '\u00a0';

/** 分 → `¥ 1,440.00`; whole yuan without decimals when `short`. */
export function money(cents: number, { short = false, locale = currentLocale() }: { short?: boolean; locale?: Locale } = {}): string {
  const digits = short && cents % 100 === 0 ? 0 : 2;
  return once(`money ${cents} ${digits} ${locale}`, () => {
    const text = numberFormat(locale, digits).format(Math.abs(cents) / 100);
    return `${cents < 0 ? '−' : ''}¥${GAP}${text}`;
  });
}

export const integer = (n: number, locale: Locale = currentLocale()) =>
  once(`integer ${n} ${locale}`, () => numberFormat(locale, 0).format(n));

/** At most two decimals, none where it is whole. */
export const decimal = (n: number, locale: Locale = currentLocale()) =>
  once(`decimal ${n} ${locale}`, () => numberFormat(locale, 0, 2).format(n));

/** Share as `63.4 %`. */
export const percent = (share: number, digits = 1, locale: Locale = currentLocale()) =>
  `${numberFormat(locale, digits).format(share * 100)}${GAP}%`;

/** `0.4 MB`. */
export const megabytes = (bytes: number, locale: Locale = currentLocale()) =>
  `${numberFormat(locale, 1).format(Math.max(0.1, bytes / 1_000_000))}${GAP}MB`;

type Zoned = { timeZone: string; locale?: Locale };
/** `12月1日 周二` / `Tue, Dec 1`. The space lets a narrow column break there. */
export const day = (at: number, { timeZone, locale = currentLocale() }: Zoned) =>
  once(`day ${at} ${timeZone} ${locale}`, () =>
    dateFormat(locale, { timeZone, month: locale === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short' })
      .formatToParts(at)
      // The Chinese pattern sets the weekday against the date; a space keeps the two apart.
      .map(({ type, value }) => (type === 'weekday' && locale === 'zh-CN' ? ` ${value}` : value))
      .join(''),
  );
/** `2026年12月1日` / `1 December 2026`. */
export const date = (at: number, { timeZone, locale = currentLocale() }: Zoned) =>
  dateFormat(locale, { timeZone, dateStyle: 'long' }).format(at);
/** `2026年12月` / `December 2026`, of `2026-12`. */
export const monthName = (month: string, locale: Locale = currentLocale()) =>
  dateFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(Date.parse(`${month}-01T00:00Z`));
/** `09:30`. */
export const time = (at: number, { timeZone, locale = currentLocale() }: Zoned) =>
  once(`time ${at} ${timeZone} ${locale}`, () => dateFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(at));
/** `12月1日 周二 09:30`. */
export const dayTime = (at: number, zoned: Zoned) => `${day(at, zoned)} ${time(at, zoned)}`;
/** For `<time dateTime>`. */
export const iso = (at: number) => new Date(at).toISOString();
/** `2026-12-01` in the zone: what date inputs and addresses hold. */
export const isoDay = (at: number, timeZone: string): string =>
  once(`iso ${at} ${timeZone}`, () => {
    const parts = dateFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    return `${of('year')}-${of('month')}-${of('day')}`;
  });
