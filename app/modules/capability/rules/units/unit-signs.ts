/**
 * Signs of units that mean more than one thing. What the instrument measures may decide (a thermometer's F); where it decides against the
 * proper meaning of the sign, or does not decide, a person is asked.
 */
import type { Doubts } from '../doubts.ts';
import type { Hint } from '../instrument-hints.ts';
import { differenceKind, RATIO_KIND, type Unit } from './quantities.ts';
import { plainUnit } from './unit-text.ts';

interface Sign {
  /** UCUM codes, and what points to them. The proper meaning of the sign is marked: what points to it needs no question. */
  readings: readonly { code: string; hints?: readonly Hint[]; proper?: true }[];
  /** Taken where nothing points anywhere: without a word, or proposed. */
  otherwise?: 'proper' | 'propose';
  /** No symbol of its own in SI: what the instrument measures decides, and the row says so. */
  said?: true;
  /** Never decided by words: readings differ by a factor, and words cannot tell them apart. */
  always?: true;
}

const capital = (code: string): Sign => ({ readings: [{ code: `m${code}` }, { code: `M${code}` }], always: true });
const gallons = (per: string): Sign => ({ readings: [{ code: `[gal_us]${per}` }, { code: `[gal_br]${per}` }], always: true });
const times: Sign = { readings: [{ code: '1', hints: ['magnification'] }] };
const only = (code: string): Sign => ({ readings: [{ code }], otherwise: 'propose' });
const pound: Sign = {
  readings: [
    { code: '[lb_av]', hints: ['mass'], proper: true },
    { code: '[lbf_av]', hints: ['force'] },
  ],
  otherwise: 'proper',
};
const kilogram: Sign = {
  readings: [
    { code: 'kg', hints: ['mass'], proper: true },
    { code: 'kgf', hints: ['force'] },
    { code: 'kgf/cm2', hints: ['pressure'] },
  ],
  otherwise: 'proper',
};

/** By their plain form (`plainUnit`). */
const SIGNS = new Map<string, Sign>(
  Object.entries({
    "''": {
      readings: [
        { code: '[in_i]', hints: ['length'] },
        { code: "''", hints: ['angle'], proper: true },
      ],
      said: true,
    },
    "'": {
      readings: [
        { code: '[ft_i]', hints: ['length'] },
        { code: "'", hints: ['angle'], proper: true },
      ],
      said: true,
    },
    F: {
      readings: [
        { code: '[degF]', hints: ['thermal', 'humidity'] },
        { code: 'F', hints: ['capacitance'], proper: true },
      ],
    },
    C: {
      readings: [
        { code: 'Cel', hints: ['thermal', 'humidity'] },
        { code: 'C', hints: ['charge'], proper: true },
      ],
    },
    K: {
      readings: [
        { code: 'K', hints: ['thermal'], proper: true },
        { code: 'kOhm', hints: ['resistance'] },
      ],
      otherwise: 'propose',
    },
    g: {
      readings: [
        { code: 'g', hints: ['mass'], proper: true },
        { code: '[g]', hints: ['acceleration'] },
      ],
      otherwise: 'proper',
    },
    G: {
      readings: [
        { code: '[g]', hints: ['acceleration'] },
        { code: 'G', hints: ['magnetic'], proper: true },
      ],
    },
    M: {
      readings: [
        { code: 'MOhm', hints: ['resistance'] },
        { code: 'm', hints: ['length'] },
      ],
    },
    X: times,
    x: times,
    倍: times,
    at: { readings: [{ code: 'att' }, { code: 'atm' }], always: true },
    度: {
      readings: [
        { code: 'deg', hints: ['angle'], proper: true },
        { code: 'Cel', hints: ['thermal'] },
        { code: 'kW.h', hints: ['energy'] },
      ],
      said: true,
    },
    '°': {
      readings: [
        { code: 'deg', hints: ['angle'], proper: true },
        { code: 'Cel', hints: ['thermal'] },
        { code: '[degF]', hints: ['thermal'] },
      ],
      otherwise: 'proper',
    },
    '%': {
      readings: [
        { code: '%', proper: true },
        { code: '%RH', hints: ['humidity'] },
      ],
      otherwise: 'proper',
    },
    kn: {
      readings: [
        { code: 'kN', hints: ['force'] },
        { code: '[kn_i]', hints: ['speed'], proper: true },
      ],
    },
    kt: {
      readings: [
        { code: '[kn_i]', hints: ['speed'], proper: true },
        { code: 'kt', hints: ['mass'] },
      ],
    },
    us: {
      readings: [
        { code: 'us', hints: ['time'], proper: true },
        { code: 'uS', hints: ['conductivity'] },
      ],
      otherwise: 'proper',
    },
    ms: {
      readings: [
        { code: 'ms', hints: ['time'], proper: true },
        { code: 'mS', hints: ['conductivity'] },
      ],
      otherwise: 'proper',
    },
    mS: {
      readings: [
        { code: 'mS', hints: ['conductivity'], proper: true },
        { code: 'ms', hints: ['time'] },
      ],
      otherwise: 'proper',
    },
    uS: {
      readings: [
        { code: 'uS', hints: ['conductivity'], proper: true },
        { code: 'us', hints: ['time'] },
      ],
      otherwise: 'proper',
    },
    'us/cm': only('uS/cm'),
    'ms/cm': only('mS/cm'),
    'us/m': only('uS/m'),
    'ms/m': only('mS/m'),
    S: {
      readings: [
        { code: 'S', hints: ['conductivity'], proper: true },
        { code: 's', hints: ['time'] },
      ],
      otherwise: 'proper',
    },
    H: {
      readings: [
        { code: 'H', proper: true },
        { code: 'h', hints: ['time'] },
      ],
      otherwise: 'proper',
    },
    T: {
      readings: [
        { code: 't', hints: ['mass', 'force'] },
        { code: 'T', hints: ['magnetic'], proper: true },
      ],
    },
    mpa: { readings: [{ code: 'MPa' }, { code: 'mPa' }], always: true },
    'mpa.s': { readings: [{ code: 'mPa.s', hints: ['viscosity'] }, { code: 'MPa.s' }] },
    MW: {
      readings: [
        { code: 'MW', proper: true },
        { code: 'mW', hints: ['optics'] },
      ],
      otherwise: 'proper',
    },
    MA: capital('A'),
    MV: capital('V'),
    Mv: capital('V'),
    ML: capital('L'),
    Ml: capital('L'),
    MG: capital('g'),
    Mg: capital('g'),
    MS: capital('s'),
    Ms: capital('s'),
    Mm: capital('m'),
    MH: capital('H'),
    gal: gallons(''),
    gpm: gallons('/min'),
    GPM: gallons('/min'),
    'gal/min': gallons('/min'),
    gph: gallons('/h'),
    'gal/h': gallons('/h'),
    lb: pound,
    lbs: pound,
    kg: kilogram,
    Kg: kilogram,
    KG: kilogram,
    公斤: kilogram,
    'kg.m': only('kgf.m'),
    'kg.cm': only('kgf.cm'),
  } satisfies Record<string, Sign>),
);

export interface SignContext {
  parseUnit(text: string): { ok: true; unit: Unit } | { ok: false };
  doubts: Doubts;
  /** What the words of the row point to; looked at only where a sign needs it. */
  hints(): ReadonlySet<Hint>;
}

/** The UCUM code of a sign with several meanings, or null for any other text. `like`: a unit it must be comparable with, if it can. */
export function readSign(text: string, context: SignContext, like?: Unit): string | null {
  const plain = plainUnit(text);
  const sign = SIGNS.get(plain) ?? perUnit(plain);
  if (!sign) return null;
  // Percent of a humidity: of the reading, or its own points. That is another question.
  if (plain === '%' && like && (like.code === '%RH' || like.kind !== RATIO_KIND)) return null;
  const codes = sign.readings.map(({ code }) => code);
  const fitting = like ? codes.filter((code) => comparable(code, like, context)) : [];
  if (fitting.length === 1) return fitting[0]!;
  const hints = context.hints();
  const pointed = sign.always ? [] : sign.readings.filter((reading) => reading.hints?.some((hint) => hints.has(hint)));
  const proper = sign.readings.find((reading) => reading.proper);
  if (proper && !sign.said && (pointed.length === 1 ? pointed[0] === proper : pointed.length === 0 && sign.otherwise === 'proper'))
    return proper.code;
  const first = pointed.length === 1 ? pointed[0]! : sign.otherwise === 'propose' ? (proper ?? sign.readings[0]) : undefined;
  // Standard gravity for gram is a slip no instrument excludes; nor do words tell readings apart that differ by a factor.
  const weight = first && first.code !== '[g]' && !differByFactor(first.code, codes, context) ? 'review' : 'reject';
  const [head, ...rest] = [...new Set([...(first ? [first.code] : []), ...codes])].map((code) => `unit:${code}`);
  const key = `unit_sign|${plain}${first ? `|${first.code}` : ''}`;
  return context.doubts.ask('unit_sign', key, [head!, ...rest], text, weight).slice('unit:'.length);
}

/** ML/h, MG/L: the doubt is in the first unit alone. */
function perUnit(plain: string): Sign | undefined {
  const slash = plain.indexOf('/');
  const sign = slash > 0 ? SIGNS.get(plain.slice(0, slash)) : undefined;
  if (!sign?.always || sign.readings.length !== 2) return undefined;
  return { ...sign, readings: sign.readings.map(({ code }) => ({ code: code + plain.slice(slash) })) };
}

function differByFactor(first: string, codes: readonly string[], context: SignContext): boolean {
  const found = context.parseUnit(first);
  return found.ok && codes.some((code) => code !== first && comparable(code, found.unit, context));
}

function comparable(code: string, like: Unit, { parseUnit }: SignContext): boolean {
  const found = parseUnit(code);
  return found.ok && differenceKind(found.unit) === differenceKind(like);
}
