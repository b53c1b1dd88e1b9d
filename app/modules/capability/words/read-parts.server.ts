/**
 * The numbers of a sentence as people type it: 12把, 0-25mm, 1.6级, U≤0.5um, fluke 87V. What each of them says, and the text
 * that is left when they are taken out. Nothing is taken that is not understood.
 */
import { differenceKind, fromBase, toBase, type Unit } from '../rules/units/quantities.ts';
import aliases from '../rules/units/unit-aliases.json' with { type: 'json' };
import spellings from '../rules/units/unit-spellings.json' with { type: 'json' };
import { parseUnit } from '../rules/units/units.server.ts';
import { fold } from './fold.ts';
import known from './known-models.json' with { type: 'json' };

/** Numbers and units as texts, as the holes of a need take them. */
export type Parts = {
  quantity?: string;
  /** `max` alone is one value; `unit` is empty where none was written. */
  range?: { min: string; max: string; unit: string };
  limit?: { by: 'u' | 'mpe'; value: string; unit: string /** Share of the full scale rather than of the reading. */; ofSpan: boolean };
  accuracyClass?: string;
  /** A maker and a model; `instrument` where the model says what it is. */
  model?: { text: string; instrument: string | null };
  parameter?: { min: string; max: string; unit: string };
  accreditation?: ('CNAS' | 'CMA')[];
  /** Numbers of specifications, words that stay. */
  specifications: string[];
};

export type PartsRead = {
  parts: Parts /** What is no part, in order. */;
  rest: string /** Taken for a part, of which there was one already or which says nothing here. */;
  unused: string[];
};

const NUM = String.raw`[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`;
/** Units by their Chinese names, as the units' own tables spell them. */
const ZH_UNITS = [spellings.whole, spellings.atoms, spellings.closed]
  .flatMap((names) => Object.values(names).flatMap((texts) => texts.split(' ')))
  .filter((text) => /^\p{Script=Han}+$/u.test(text))
  .sort((a, b) => b.length - a.length);
/** By themselves these are something else behind a number: days, hours and minutes in which something is wanted, parts of other words. */
const NOT_ALONE = new Set(['天', '时', '小时', '分', '分钟', '西', '特', '开', '法', '亨']);
const ZH_ANY = ZH_UNITS.join('|');
const ZH_ALONE = ZH_UNITS.filter((name) => !NOT_ALONE.has(name)).join('|');
const ZH_PREFIX = `[${Object.keys(aliases.chinesePrefixes).join('')}]`;
const ZH_UNIT = String.raw`(?:${ZH_PREFIX}(?:${ZH_ANY})|(?:平方|立方)?(?:${ZH_ALONE}))(?:(?:[\/每·.]|)(?:${ZH_PREFIX}|平方|立方)?(?:${ZH_ANY}))?`;
/** What may be a unit: it is tried, the longest first. */
const UNIT = String.raw`(?:[A-Za-zµΩ°℃℉%‰′″·²³⁻¹/^\-0-9]|(?<=[A-Za-z])\.(?=[A-Za-z])){1,16}|${ZH_UNIT}|转\/分`;
const SPAN_OF = String.raw`(?:f\.?\s?s\.?|span|full\s?scale|满量程|量程|满度)`;
const SPECIFICATION =
  /(?<![a-z])(?:jj[gf]|gb(?:\/?t)?|iso(?:\/iec)?|iec|astm|din|oiml|iec\/iso|jb(?:\/?t)?|yy(?:\/?t)?|hj)[\s-]*(?:\/?t\s*)?[a-z]?\s?\d{1,5}(?:\.\d+)*(?:\s?[-:]\s?\d{2,4})?(?![\d.])/gi;
const UNCERTAINTY = new RegExp(
  String.raw`(?:(?<![A-Za-z])U(?:rel|95|99)?\s*(?=[=<≤:：±(\s])|(?:扩展)?不确定度(?:要求)?|(?:expanded )?uncertainty|(?<![a-z])unc\.?)\s*(?:of|[=<≤:：]|不大于|不超过|不低于|小于等于|小于|优于|below|under|better than|within|up to|max\.?|\s)*±?\s*(${NUM})\s*(${UNIT})?(?:\s*[,，(（]?\s*\(?k\s*=\s*2(?:\.0*)?\s*[)）]?)?`,
  'i',
);
const TOLERANCE = new RegExp(
  String.raw`(?:(?:(?<![A-Za-z])MPE|最大允许误差|最大允差|允许误差|允差|示值误差|误差|公差|(?<![a-z])tolerance|(?<![a-z])tol\.?|(?<![a-z])error)\s*(?:of|[=<≤:：]|不大于|不超过|小于|within|\s)*±?|±)\s*(${NUM})\s*(${UNIT})?(?:\s*(?:of\s+)?(${SPAN_OF}))?`,
  'i',
);
const OF_SPAN = new RegExp(String.raw`(?<![\d.])(\d+(?:\.\d+)?)\s*%\s*(?:of\s+)?(${SPAN_OF})`, 'i');
const CLASS = [
  /(?<![\d.a-z])(\d(?:\.\d{1,3})?)\s*s?\s*级/i,
  /(?<![a-z])(?:accuracy\s+class|class|cl\.?|准确度等级|精度等级|等级)\s*[:：]?\s*(\d(?:\.\d{1,3})?)(?!\d)/i,
  /(?<![\d.])(\d\.\d{1,3})\s+(?:class|grade)(?![a-z])/i,
];
const COUNTED = '把|只|支|台|个|件|块|套|根|张|付|副|枚|条|部|组|片|瓶';
const QUANTITY = [
  new RegExp(String.raw`(?:数量|qty\.?|quantity)\s*[:：=x×]?\s*(\d{1,4})(?:\s*(?:${COUNTED}|pcs?|pieces?|units?))?(?![\d.])`, 'i'),
  new RegExp(String.raw`(?<![\d.a-z第])(\d{1,4}|[一二两三四五六七八九十]{1,3}|几)\s*(?:${COUNTED})(?!级|月|等)`, 'i'),
  /(?<![\d.])(\d{1,4})\s*(?:pcs?|pieces?|units?|sets?|ea|nos?)(?![a-z])/i,
  /(?<![\d.\w])[x×*]\s?(\d{1,4})(?![\d.]|\s*(?:\p{L}|%))/iu,
  /(?<![\d.\w])(\d{1,4})\s?[x×](?=\s|\p{Script=Han})/iu,
];
const SEPARATOR = String.raw`\s*(?:~|-|到|至|to|…|\.{2,3}|,(?=\s*[-+]?\d+\s*\)))\s*`;
const RANGE = new RegExp(
  String.raw`(?<![\dA-Za-z.])[(（]?\s*(${NUM})\s*(${UNIT})?${SEPARATOR}([-+]?\d+(?:\.\d+)?)\s*[)）]?\s*(${UNIT})?(?![\d.])`,
  'i',
);
const SINGLE = new RegExp(String.raw`(?<![\dA-Za-z.\-])(?:[≤<]|up to|以下|最大)?\s*(${NUM})\s*(${UNIT})`, 'i');
const CHINESE_NUMBERS = '零一二三四五六七八九';

/** Signs made one; letters keep their case, since mm is not MM in units. */
const prepared = (text: string): string =>
  text
    .replace(/[º˚]/g, '°')
    .normalize('NFKC')
    .replace(/\p{Script=Han}/gu, fold)
    .replaceAll('μ', 'µ')
    .replace(/[～〜∼]/g, '~')
    .replace(/[−–—‐]/g, '-')
    .replace(/<=|≦|⩽/g, '≤')
    .replace(/\+\/?-/g, '±');

export function readParts(text: string): PartsRead {
  const reader = new Reader(prepared(text));
  reader.specifications();
  reader.accreditations();
  reader.models();
  reader.limits();
  reader.classes();
  reader.quantities();
  reader.ranges();
  return { parts: reader.parts, rest: reader.rest(), unused: reader.unused };
}

/** A place in the text that was taken, where nothing else may be read across. */
const TAKEN = '\uFFFC';

class Reader {
  readonly parts: Parts = { specifications: [] };
  readonly unused: string[] = [];
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Specifications stay among the words; their numbers are no ranges. */
  specifications(): void {
    this.#text = this.#text.replace(SPECIFICATION, (all) => {
      this.parts.specifications.push(all.trim());
      return TAKEN;
    });
  }

  accreditations(): void {
    this.#text = this.#text.replace(/(?<![a-z])(cnas|cma)(?![a-z])/gi, (_, kind: string) => {
      const list = this.parts.accreditation ?? [];
      this.parts.accreditation = [...new Set([...list, kind.toUpperCase() as 'CNAS' | 'CMA'])];
      return TAKEN;
    });
  }

  models(): void {
    // fluke87V: a maker and a model without a space.
    const words = this.#text.replace(JOINED, '$1 $2').split(/(\s+|\p{Script=Han}+|\uFFFC)/u);
    for (const [i, word] of words.entries()) {
      const brand = BRANDS.find((one) => (/[a-z]/.test(one) ? word.toLowerCase() === one : word.includes(one)));
      if (!brand) continue;
      let next = i + 1;
      while (next < words.length && words[next]?.trim() === '') next++;
      const model = /^[A-Za-z]{0,5}-?\d[\w+-]*$/.test(words[next] ?? '') ? (words[next] as string) : '';
      const typed = /[a-z]/.test(brand) ? word : brand;
      this.parts.model = { text: [typed, model].filter(Boolean).join(' '), instrument: instrumentOf(model) };
      words[i] = word.replace(typed, TAKEN);
      if (model) words[next] = TAKEN;
      this.#text = words.join('');
      return;
    }
    for (const [i, word] of words.entries()) {
      // Without its maker a model is one only when it looks like no number with a unit.
      if (!/^(?=.*[a-z])(?=.*\d)[\w-]{4,}$/i.test(word) || instrumentOf(word) === null || UNIT_AFTER.test(word)) continue;
      this.parts.model = { text: word, instrument: instrumentOf(word) };
      words[i] = TAKEN;
      this.#text = words.join('');
      return;
    }
  }

  limits(): void {
    this.#each([UNCERTAINTY], ([all, value, unit = '']) => {
      const read = unitIn(unit);
      return read && Number(value) > 0
        ? this.#limit(all, read.rest, { by: 'u', value: bare(value), unit: read.text, ofSpan: false })
        : null;
    });
    this.#each([OF_SPAN], ([all, value]) => this.#limit(all, '', { by: 'mpe', value: bare(value), unit: '%', ofSpan: true }));
    this.#each([TOLERANCE], ([all, value, unit = '', span]) => {
      const read = unitIn(unit);
      // ±0.02 mm beside a range is a tolerance; ±10 V alone may as well be the range.
      if (!read || (all.startsWith('±') && !RANGE.test(this.#text))) return null;
      return this.#limit(all, span ? '' : read.rest, { by: 'mpe', value: bare(value), unit: read.text, ofSpan: Boolean(span) });
    });
  }

  #limit(all: string, rest: string, limit: NonNullable<Parts['limit']>): string {
    if (this.parts.limit) this.unused.push(all.trim());
    else this.parts.limit = limit;
    return rest;
  }

  classes(): void {
    this.#each(CLASS, ([all, value]) => {
      if (this.parts.accuracyClass) this.unused.push(all.trim());
      else this.parts.accuracyClass = value as string;
      return '';
    });
  }

  quantities(): void {
    this.#each(QUANTITY, ([all, count]) => {
      const number = /^\d+$/.test(count as string) ? String(Number(count)) : chineseNumber(count as string);
      if (this.parts.quantity || number === null || number === '0') this.unused.push(all.trim());
      else this.parts.quantity = number;
      return '';
    });
    // `12 micrometers`: a number before a word that is no unit.
    const [all, count, word] = /^[\s\uFFFC]*(\d{1,3})\s+([A-Za-z]{3,})/.exec(this.#text) ?? [];
    if (this.parts.quantity || !all || !count || Number(count) === 0 || unitIn(word ?? '')) return;
    this.parts.quantity = String(Number(count));
    this.#text = this.#text.replace(count, TAKEN);
  }

  ranges(): void {
    this.#each([RANGE], ([all, min, minUnit = '', max, maxUnit = '']) => {
      const low = minUnit ? unitIn(minUnit) : null;
      const high = maxUnit ? unitIn(maxUnit) : null;
      if (minUnit && (!low || low.rest)) return null;
      const unit = high ?? low;
      const from = low && high && low.text !== high.text ? converted(min as string, low.unit, high.unit) : bare(min);
      if (from === null || Number(from) > Number(max)) return null;
      const rest = maxUnit && !high ? maxUnit : (high?.rest ?? '');
      return this.#take(all, rest, { min: from, max: bare(max), unit: unit?.text ?? '' }, unit?.unit ?? null);
    });
    this.#each([SINGLE], ([all, value, unit = '']) => {
      const read = unitIn(unit);
      if (!read || /^[A-Za-z]/.test(read.rest)) return null;
      // A bare share says neither of what nor how it is meant.
      if (read.text === '%' || read.text === '‰') return null;
      return this.#take(all, read.rest, { min: '', max: bare(value), unit: read.text }, read.unit);
    });
  }

  /** The first is the range; one of another kind is a condition under which it holds. */
  #take(all: string, rest: string, range: { min: string; max: string; unit: string }, unit: Unit | null): string {
    const first = this.parts.range;
    const kind = (text: string) => {
      const parsed = parseUnit(text);
      return parsed.ok ? differenceKind(parsed.unit) : '';
    };
    if (!first) this.parts.range = range;
    else if (!this.parts.parameter && unit && first.unit !== '' && kind(first.unit) !== differenceKind(unit))
      this.parts.parameter = range.min === '' ? { ...range, min: range.max, max: '' } : range;
    else this.unused.push(all.trim());
    return rest;
  }

  /** Takes what `read` understands; what it does not (null) stays where it is. */
  #each(patterns: RegExp[], read: (found: RegExpExecArray) => string | null): void {
    for (const pattern of patterns) {
      let from = 0;
      for (let i = 0; i < MOST_PARTS; i++) {
        const found = pattern.exec(this.#text.slice(from));
        if (!found) break;
        const at = from + found.index;
        const rest = read(found);
        if (rest === null) {
          from = at + found[0].length;
          continue;
        }
        this.#text = this.#text.slice(0, at) + TAKEN + rest + this.#text.slice(at + found[0].length);
        from = at + 1;
      }
    }
  }

  rest(): string {
    return [this.#text.replaceAll(TAKEN, ' '), ...this.parts.specifications].join(' ').replace(/\s+/g, ' ').trim();
  }
}

const MOST_PARTS = 8;
const BRANDS = known.brands;
const JOINED = new RegExp(String.raw`(?<![a-z])(${known.brands.filter((one) => /^[a-z-]+$/.test(one)).join('|')})(\d)`, 'gi');
const MODELS = known.models.map(({ model, instrument }) => ({ pattern: new RegExp(model, 'i'), instrument }));
/** 1000V, 300mm: a number with a unit, whatever model is called so. */
const UNIT_AFTER = /^\d+(?:mm|cm|m|v|kv|mv|ma|kg|g|pa|kpa|mpa|n|kn|hz|khz|mhz|ghz|w|kw)$/i;

const instrumentOf = (model: string): string | null =>
  model ? (MODELS.find(({ pattern }) => pattern.test(model))?.instrument ?? null) : null;

const bare = (number: string | undefined): string => (number ?? '').replace(/^\+/, '');

/** The unit a text begins with, the longest that is one, and what stands behind it. */
function unitIn(text: string): { text: string; unit: Unit; rest: string } | null {
  for (let length = text.length; length > 0; length--) {
    const candidate = text.slice(0, length);
    // `/` and `-` join units; they end none.
    if (/[-/^·\s]$/.test(candidate)) continue;
    // The letters of a word that follows are no unit: `5 micrometers` is not five metres.
    if (/[A-Za-z]$/.test(candidate) && /^[A-Za-z]/.test(text.slice(length))) continue;
    const parsed = parseUnit(candidate);
    if (parsed.ok) return { text: candidate, unit: parsed.unit, rest: text.slice(length) };
  }
  return null;
}

function converted(value: string, from: Unit, to: Unit): string | null {
  return from.kind === to.kind ? String(fromBase(toBase(Number(value), from), to)) : null;
}

/** 十二 → 12; up to 99. */
function chineseNumber(text: string): string | null {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (one: string | undefined, otherwise: number) => (one ? (one === '两' ? 2 : CHINESE_NUMBERS.indexOf(one)) : otherwise);
  const number = (text.includes('十') ? digit(tens, 1) * 10 : 0) + digit(ones, 0);
  return Number.isInteger(number) && number > 0 && (tens?.length ?? 0) < 2 && (ones?.length ?? 0) < 2 ? String(number) : null;
}
