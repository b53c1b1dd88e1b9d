/** What the name of a time zone says: IANA names, those of Windows (CLDR windowsZones), and offsets written as names. */
import { findIana } from 'windows-iana';

/** `vague`: the offset is known; whether there is summer time is not. */
export type NamedZone = { zone: string } | { offset: number; vague: boolean };

const MINUTE_MS = 60_000;

/**
 * @param name in plain text
 * @returns nothing for one that nobody knows. Three letters (CST, IST, BST) are several clocks, and so none; UTC and GMT are one
 */
export function namedZone(name: string): NamedZone | undefined {
  const plain = name.replace(/^[\s"']+|[\s"']+$/g, '');
  return (
    universal(plain) ??
    byWindows(plain) ??
    byIana(plain) ??
    byPrefixed(plain) ??
    byOffset(plain) ??
    byWindows(plain.replace(/ \d+$/, '')) ??
    byPlace(plain)
  );
}

const universal = (name: string): NamedZone | undefined =>
  /^(\(?(UTC|GMT)\)?|Z|Zulu|UCT|Etc\/(UTC|GMT|UCT|Zulu|Universal)|Universal|(\(UTC\) )?Coordinated Universal Time)$/i.test(name)
    ? { offset: 0, vague: false }
    : undefined;

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

function byIana(name: string): NamedZone | undefined {
  const written = name.replaceAll(' ', '_');
  if (/^[+-]/.test(written) || /^\w{0,3}$/.test(written) || !isZone(written)) return undefined;
  return { zone: written };
}

/** `/example.org/20260101/America/Argentina/Ushuaia`, `tzone://Microsoft/Utc`: a registry stands before the name. */
function byPrefixed(name: string): NamedZone | undefined {
  const parts = name.split('/');
  if (parts.length < 3) return undefined;
  for (let from = 1; from < parts.length; from++) {
    const rest = parts.slice(from).join('/');
    const found = universal(rest) ?? byIana(rest) ?? byWindows(rest);
    if (found) return found;
  }
  return undefined;
}

/** `China Standard Time`, `Pacific Daylight Time`, `Eastern Time (US & Canada)`, `Eastern`. */
function byWindows(name: string): NamedZone | undefined {
  const bare = name.replace(/\s*\([^)]*\)\s*$/, '').replace(/ (?:Standard |Daylight |Summer )?Time$/i, '');
  for (const tried of [name, `${bare} Standard Time`]) {
    const [zone] = findIana(windowsName(tried), '001');
    if (zone) return { zone };
  }
  return undefined;
}

/** As Windows writes it: words begin with capitals. */
const windowsName = (name: string) =>
  /^utc/i.test(name)
    ? name.toUpperCase()
    : name.replaceAll(/[A-Za-z]+/g, (word) => (word.length < 3 ? word : word[0]?.toUpperCase() + word.slice(1)));

const OFFSET = /^\(?\s*(?:UTC|GMT)?\s*([+-\u2212])\s*(\d{1,2})(?:[:.]?(\d\d))?(?::?\d\d)?\s*\)?(.*)$/i;

/** `UTC+8`, `(GMT +08:00)`, `+0800`, and `(UTC+01:00) Amsterdam, Berlin`, whose places have a clock of their own. */
function byOffset(name: string): NamedZone | undefined {
  const parts = OFFSET.exec(name);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  if (minutes > 14 * 60 || Number(parts[3] ?? 0) > 59) return undefined;
  const offset = (parts[1] === '+' ? minutes : -minutes) * MINUTE_MS;
  const words = (parts[4] ?? '').trim();
  return byWindows(words) ?? byPlace(words, offset) ?? { offset, vague: words !== '' };
}

let places: Map<string, string> | undefined;

/** A zone named after one of the places, when its winter time is the offset there may be. */
function byPlace(words: string, offset?: number): NamedZone | undefined {
  places ??= new Map([
    ...Intl.supportedValuesOf('timeZone').map((zone): [string, string] => [
      zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' '),
      zone,
    ]),
    // The only city that a Windows name begins with and no IANA zone is named after.
    ['Beijing', 'Asia/Shanghai'],
  ]);
  for (const word of words.split(/[,;]/)) {
    const zone = word.trim().length > 3 ? places.get(word.trim()) : undefined;
    if (zone && (offset === undefined || winterOffset(zone) === offset)) return { zone };
  }
  return undefined;
}

/** The smaller of the offsets in January and July: summer time adds to it. */
function winterOffset(zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const year = new Date().getUTCFullYear();
  return Math.min(
    ...[0, 6].map((month) => {
      const text = format.formatToParts(Date.UTC(year, month, 1)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const parts = /([+-])(\d\d):(\d\d)/.exec(text);
      return parts ? Number(`${parts[1]}1`) * (Number(parts[2]) * 60 + Number(parts[3])) * MINUTE_MS : 0;
    }),
  );
}
