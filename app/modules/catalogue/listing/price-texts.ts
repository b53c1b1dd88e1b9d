/** Price rules as a centre types them, one entry after another: `150 mm: 120; 300 mm: 160`. */
import type { RangePrice, TravelZone } from '#db/schema/catalogue.ts';
import { MOST_CENTS, rangeKey } from '../price-rules.ts';

const MOST_ENTRIES = 12;
/** Letters of one: two names, a price and minutes. */
const MOST_ENTRY = 160;
const MOST_NAME = 40;
/** Each way: farther is a journey with a night between. */
const MOST_MINUTES = 600;

/** The entry (from 1) that cannot be read, is out of order or said twice. */
export type Read<T> = { list: T[] } | { wrong: number };

const PRICE = String.raw`(\d{1,9}(?:\.\d{1,2})?)`;
const RANGE = new RegExp(String.raw`^(\d{1,9}(?:\.\d{1,6})?)\s*([^\s\d:;|,]{1,12})\s*:\s*${PRICE}$`);
/** Minutes as `min`, or in Chinese. */
const ZONE = new RegExp(String.raw`^([^|:]+?)\s*(?:\|\s*([^|:]+?)\s*)?:\s*${PRICE}\s*,\s*(\d{1,4})\s*(?:min|\u5206(?:\u949f)?)$`, 'u');

const entriesOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split(/[;\n]/)
    // Spaces count once: the patterns below may then leave them to either side.
    .map((entry) => entry.replace(/\s+/g, ' ').trim())
    .filter((entry) => entry !== '');
const cents = (yuan: string) => Math.round(Number(yuan) * 100);
const yuan = (amount: number) => (amount / 100).toFixed(2).replace(/\.00$/, '');
const sound = (amount: number) => amount <= MOST_CENTS;

function read<T>(text: string, one: (entry: string, before: readonly T[]) => T | null): Read<T> {
  const list: T[] = [];
  for (const entry of entriesOf(text)) {
    const row = list.length < MOST_ENTRIES && entry.length <= MOST_ENTRY ? one(entry, list) : null;
    if (row === null) return { wrong: list.length + 1 };
    list.push(row);
  }
  return { list };
}

/** `25 mm: 80; 150 mm: 120`: ranges ascending, in one unit. */
export const readRanges = (text: string): Read<RangePrice> =>
  read(text, (entry, before) => {
    const [, end = '', unit = '', price = ''] = RANGE.exec(entry) ?? [];
    const row = { upTo: Number(end), unit, unitNet: cents(price) };
    const last = before.at(-1);
    const ascends = last === undefined || (row.unit === last.unit && row.upTo > last.upTo);
    return end !== '' && row.upTo > 0 && row.unitNet > 0 && sound(row.unitNet) && ascends ? row : null;
  });

export const rangesText = (rows: readonly RangePrice[]): string => rows.map((row) => `${rangeKey(row)}: ${yuan(row.unitNet)}`).join('; ');

/** `苏州市区 | Suzhou city: 300, 45 min`: the nearest first, each name once. */
export const readZones = (text: string): Read<TravelZone> =>
  read(text, (entry, before) => {
    const [, nameZh = '', nameEn = '', price = '', minutes = ''] = ZONE.exec(entry) ?? [];
    const row = { nameZh, nameEn, net: cents(price), minutes: Number(minutes) };
    const named = nameZh !== '' && nameZh.length <= MOST_NAME && nameEn.length <= MOST_NAME && !before.some((one) => one.nameZh === nameZh);
    return named && sound(row.net) && row.minutes <= MOST_MINUTES ? row : null;
  });

export const zonesText = (rows: readonly TravelZone[]): string =>
  rows.map(({ nameZh, nameEn, net, minutes }) => `${nameZh}${nameEn && ` | ${nameEn}`}: ${yuan(net)}, ${minutes} min`).join('; ');
