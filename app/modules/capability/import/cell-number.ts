/**
 * A number of a workbook as its cell shows it: `0.003` in the format `0.00%` is `0.30%`, in `0.0" mm"` it carries its unit. Thousands are not
 * set apart, the sign is always there, and a format that hides what the cell holds is said.
 */
import { format, getFormatDateInfo, getFormatInfo, isDateFormat, isTextFormat } from 'numfmt';
import type { CellMark } from './table.ts';

export type ShownNumber = { text: string; mark?: Omit<CellMark, 'column'> };

/** Excel itself allows 255; what people use is shorter. */
const LONGEST_FORMAT = 160;
/** Distinct formats read in one workbook; the rest are said. */
const MOST_FORMATS = 400;
/** Rounding to two digits never takes more than a twentieth (ILAC-P14 allows no more for an uncertainty). */
const ROUNDED = 0.05;
/** So many digits a double keeps: 0.1 is written 0.10000000000000001. */
const plainNumber = (value: number) => String(Number(value.toPrecision(15)));

/** Numbers of formats every spreadsheet knows (ECMA-376 part 1, 18.8.30), with those Chinese ones add. */
const BUILT_IN: Record<number, string> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'm/d/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yyyy h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: 'h"时"mm"分"',
  35: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: 'h"时"mm"分"',
  56: 'h"时"mm"分"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** The code of a format by its number; own ones are numbered from 164. */
export const formatCode = (id: number, own: ReadonlyMap<number, string>): string => own.get(id) ?? BUILT_IN[id] ?? 'General';

type Format = { kind: 'general' | 'number' | 'day' | 'unknown'; code: string; percent?: boolean; scaled?: boolean };

/** Shows numbers of one workbook. `from1904`: days are counted as old Macintosh workbooks do. */
export class NumberShower {
  readonly #formats = new Map<string, Format>();
  readonly #from1904: boolean;

  constructor(from1904: boolean) {
    this.#from1904 = from1904;
  }

  show(value: number, code: string): ShownNumber {
    const known = this.#formats.get(code) ?? this.#learn(code);
    if (known.kind === 'general') return { text: plainNumber(value) };
    if (known.kind === 'unknown') return { text: plainNumber(value), mark: { code: 'format', found: code.slice(0, 40) } };
    try {
      return known.kind === 'day' ? this.#day(value, known.code) : number(value, known);
    } catch {
      return { text: plainNumber(value), mark: { code: 'format', found: code.slice(0, 40) } };
    }
  }

  #learn(code: string): Format {
    const known = classify(this.#formats.size < MOST_FORMATS ? code : undefined);
    // What comes after so many is not kept either: it costs no more than to say so.
    if (this.#formats.size < MOST_FORMATS) this.#formats.set(code, known);
    return known;
  }

  #day(value: number, code: string): ShownNumber {
    const serial = this.#from1904 ? value + 1462 : value;
    const text = format(code, serial, { locale: 'en', throws: true }).trim();
    const typed = typedAs(serial, code);
    return { text, mark: { code: 'day', found: text, ...(typed ? { typed } : {}) } };
  }
}

function classify(written: string | undefined): Format {
  const unknown: Format = { kind: 'unknown', code: '' };
  if (written === undefined || written.length > LONGEST_FORMAT) return unknown;
  // `General` has other names in other languages, and a locale may turn the point into a comma.
  const code = written
    .replace(/G\/[^\s";]+|(?:Standard|Général|Estándar)(?=$|[;"])/gi, 'General')
    .replace(/\[\$([^\]-]*)-[0-9A-F]+\]/gi, '[$$$1]');
  const bare = code.replaceAll('[$]', '');
  if (/^(?:General)?;?@?$/i.test(bare.trim())) return { kind: 'general', code };
  // Long runs of places, above all below a fraction, are worked out for minutes.
  if (/[0#?,.]{40}|\/\s*[0#?\d]{6}/.test(bare)) return unknown;
  try {
    if (isDateFormat(bare)) return { kind: 'day', code: bare };
    if (isTextFormat(bare)) return { kind: 'general', code: bare };
    const info = getFormatInfo(bare);
    return { kind: 'number', code: bare, percent: info.type === 'percent', scaled: info.scale !== 1 && info.type !== 'percent' };
  } catch {
    return unknown;
  }
}

const NUMBER = /\d+(?:\.\d+)?(?:E[+-]?\d+)?|\.\d+/;

function number(value: number, { code, percent, scaled }: Format): ShownNumber {
  const seen = format(code, value, { locale: 'en', throws: true })
    .trim()
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/(^|[^\d])\.(?=\d)/, '$10.');
  if (!/\d/.test(seen)) return { text: seen === '' ? '' : plainNumber(value) };
  const text = signed(seen, value);
  const off = Math.abs(readBack(text, percent) - value);
  if (off <= ROUNDED * Math.abs(value)) return { text };
  const held = plainNumber(percent ? value * 100 : value);
  const mark = { code: 'rounded' as const, found: `${seen} / ${held}${percent ? '%' : ''}` };
  // A scale (`0.0,"k"`) is part of what is seen; what rounding took away is given back.
  return { text: scaled ? text : text.replace(/-/g, '').replace(NUMBER, held), mark };
}

/** Brackets and colours that stand for a minus become one. */
function signed(seen: string, value: number): string {
  if (value >= 0) return seen;
  const bare = seen.replace(/^\((.*)\)$/, '$1').replace(/^--/, '-');
  return /-(?=\s?[\d.])/.test(bare) ? bare : bare.replace(/\d/, '-$&');
}

/** The number a text shows, as the cell holds it. */
function readBack(text: string, percent: boolean | undefined): number {
  const fraction = /(-?)\s*(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)/.exec(text);
  const [, sign, whole] = fraction ?? /(-?)\s?(\d+(?:\.\d+)?(?:E[+-]?\d+)?)/i.exec(text) ?? [];
  const size = Number(whole ?? 0) + (fraction ? Number(fraction[3]) / Number(fraction[4]) : 0);
  return ((sign === '-' ? -1 : 1) * size) / (percent ? 100 : 1);
}

const DAY = 86_400_000;
/** The day spreadsheets count from, as they count (1900 is a leap year to them). */
const FIRST = Date.UTC(1899, 11, 30);

/** A day made of `1-25` or `3-50`: the two numbers in rising order, whichever of them was taken for the month. */
function typedAs(serial: number, code: string): string | undefined {
  const { year, month, day, hours } = getFormatDateInfo(code);
  if (hours || !month || serial < 61 || !Number.isInteger(serial)) return undefined;
  const date = new Date(FIRST + serial * DAY);
  const second = day && !year ? date.getUTCDate() : year && !day ? date.getUTCFullYear() % 100 : undefined;
  if (second === undefined) return undefined;
  const ends = [date.getUTCMonth() + 1, second].sort((a, b) => a - b);
  return ends.join('-');
}
