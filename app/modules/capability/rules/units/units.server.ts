/**
 * From what people type to a unit, on UCUM (@lhncbc/ucum-lhc) and an overlay for what it lacks or states inexactly.
 * The library is large and slow, so it is loaded on first need and every text is resolved once.
 */
import { createRequire } from 'node:module';
import type Ucum from '@lhncbc/ucum-lhc';
import { differenceFromBase, differenceToBase, fromBase, isLevel, RATIO_KIND, toBase, type Unit } from './quantities.ts';
import aliases from './unit-aliases.json' with { type: 'json' };
import spellings from './unit-spellings.json' with { type: 'json' };
import { plainUnit } from './unit-text.ts';

export type UnitResult = { ok: true; unit: Unit } | { ok: false; reason: 'unit_missing' | 'unit_unknown'; text: string };
export type ConversionResult =
  | { ok: true; value: number }
  | { ok: false; reason: 'kinds_differ' | 'closed_scale' | 'level_kind_missing' | 'out_of_domain' };
/** What a level in dB is a ratio of: powers (10 lg) or field quantities such as voltages (20 lg). */
export type LevelKind = 'power' | 'field';

/** Without a prototype: `constructor` typed by a visitor is no alias. */
const table = <T>(entries: Record<string, T>): Record<string, T> => Object.assign(Object.create(null), entries);
/** Code → its spellings, turned round. */
const bySpelling = (names: Record<string, string>) =>
  table(Object.fromEntries(Object.entries(names).flatMap(([code, texts]) => texts.split(' ').map((text) => [text, code]))));
const words = (text: string | undefined) => new Set((text ?? '').split(' '));
const whole = bySpelling(spellings.whole);
const atoms = bySpelling(spellings.atoms);
const closedAliases = bySpelling(spellings.closed);
const prefixes = table(aliases.chinesePrefixes);
const specialKinds = table(aliases.specialKinds);
const overlay = table(aliases.overlay as unknown as Record<string, [kind: string, scale: number, offset: number]>);
const closed = words(aliases.closedScales);
const plain = words(aliases.plain);
const prefixed = table(Object.fromEntries(Object.entries(aliases.prefixed).map(([prefix, units]) => [prefix, words(units)])));

/** Longest unit text that is looked at; the longest alias has 16 characters. */
const MAX_TEXT = 40;
/** Visitors type anything: the cache is emptied rather than grown beyond this. */
const MAX_CACHED = 5000;
/** Avogadro's number as UCUM 2.1 counts the mole, which it treats as a plain number. */
const UCUM_MOLE = 6.0221367e23;
/** Zero of the Celsius and Fahrenheit scales in kelvin. */
const SCALE_ZERO: Record<string, number> = { Cel: 273.15, '[degF]': (459.67 * 5) / 9 };
const DIMENSIONS = ['L', 'T', 'M', 'A', 'K', 'Q', 'J'] as const;

const cache = new Map<string, UnitResult>();
const require = createRequire(import.meta.url);
let ucum: ReturnType<typeof Ucum.UcumLhcUtils.getInstance> | undefined;

function ucumUnit(code: string) {
  ucum ??= (require('@lhncbc/ucum-lhc') as typeof Ucum).UcumLhcUtils.getInstance();
  const found = ucum.getSpecifiedUnit(code, 'validate', false);
  // The library guesses ("meter" → m, "10m" → 10.m); a guess is no answer here.
  // Its tables are plain objects, so "constructor" is found in them: a unit has a magnitude.
  return found.unit && found.origString === code && found.retMsg.length === 0 && Number.isFinite(found.unit.magnitude_) ? found.unit : null;
}

function resolveFactor(factor: string): string | null {
  const power = /^(平方|立方)(.+)$/.exec(factor);
  if (power) {
    const inner = resolveFactor(power[2]!);
    return inner && `${inner}${power[1] === '平方' ? 2 : 3}`;
  }
  const [, atom = '', exponent = ''] = /^(.*?)\^?(-?\d+)?$/.exec(factor) ?? [];
  const direct = atoms[atom] ?? whole[atom];
  if (direct !== undefined && atom !== '') return (direct === 'Cel' || direct === '[degF]' ? 'K' : direct) + exponent;
  const scaled = prefixes[atom.slice(0, 1)];
  const base = atoms[atom.slice(1)];
  if (scaled && base) return scaled + base + exponent;
  if (atom === 'Cel') return `K${exponent}`;
  // KN, KPa, KJ: nobody writes kelvin before a unit without a sign between them.
  if (atom.startsWith('K') && prefixed.k?.has(atom.slice(1))) return `k${atom.slice(1)}${exponent}`;
  return isWritten(atom) ? atom + exponent : atom === '' && factor === '1' ? '1' : null;
}

/** UCUM reads a prefix into letters nobody means so: `at` is no attotonne, `dBi` no deci-biot. */
function isWritten(atom: string): boolean {
  if (/^[a-zA-Z]{0,2}\[[a-zA-Z0-9_']+\]$|^%$|^'{1,2}$/.test(atom) || plain.has(atom)) return true;
  return (prefixed[atom.slice(0, 1)]?.has(atom.slice(1)) || prefixed[atom.slice(0, 2)]?.has(atom.slice(2))) ?? false;
}

/** Marks that keep values of one dimension apart: absolute pressure, peak to peak, gas at reference conditions. Gauge is what is meant without. */
const MARK = /^(.+?)(?:\{(\w+)\}|\((a|A|abs|absolute|绝压|绝对|绝|g|G|gauge|表压|p-p|pp|峰峰值|normal|standard)\))$/;
const MARKS: Record<string, string> = table({
  ...Object.fromEntries(['a', 'A', 'abs', 'absolute', '绝压', '绝对', '绝'].map((text) => [text, 'absolute'])),
  ...Object.fromEntries(['g', 'G', 'gauge', '表压'].map((text) => [text, 'gauge'])),
  ...Object.fromEntries(['p-p', 'pp', '峰峰值'].map((text) => [text, 'pp'])),
  normal: 'normal',
  standard: 'standard',
  div: 'div',
});
/** The dimension each mark is said of. */
const MARKED: Record<string, RegExp> = table({
  absolute: /^L-1M1T-2$/,
  gauge: /^L-1M1T-2$/,
  pp: /^(?:L2M1T-2Q-1|T-1Q1|L1|L1T-1|L1T-2)$/,
  normal: /^L3(?:T-1)?$/,
  standard: /^L3(?:T-1)?$/,
  div: /^(?:L2M1T-2Q-1|T-1Q1|T1)$/,
});
/** Of an oscilloscope's screen: 1 mV/div is no voltage, and compares with its like alone. */
const PER_DIVISION = /^(.+)\/(?:div|DIV|Div|格)$/;
/** Nm³/h, Nl/min, sccm, SLPM, SCFM: volumes of gas at conditions that are not the measured ones. */
const GAS =
  /^(?:N\.?(m3|m\^3|l|L|ml|mL|dm3)|[Ss](m3|m\^3|l|L)|[Ss](?:td)?(cc|cf|l|L|CC|CF)(?=[mMhH]$|[pP][mMhH]$))(\/.+|[mMhH]|[pP][mMhH])?$/;

function gasOf(text: string): string | null {
  const [, normal, standard, short, rest = ''] = GAS.exec(text) ?? [];
  const volume = normal ?? standard ?? short;
  if (volume === undefined) return null;
  const per = rest.startsWith('/') ? rest : rest === '' ? '' : /m$/i.test(rest) ? '/min' : '/h';
  const base = codeOf(volume.toLowerCase() === 'cf' ? `ft3${per}` : volume.toLowerCase() === 'cc' ? `mL${per}` : volume + per);
  return base && `${base}{${normal === undefined ? 'standard' : 'normal'}}`;
}

function codeOf(text: string): string | null {
  const closedCode = closed.has(text) ? text : closedAliases[text];
  if (closedCode) return closedCode;
  if (whole[text]) return whole[text];
  if (overlay[text] || text === 'Cel' || text === '[degF]') return text;
  const [, inner, braced, said] = MARK.exec(text) ?? [];
  const mark = MARKS[braced ?? said ?? ''];
  if (inner && mark) {
    const code = codeOf(inner);
    return code === null || code.includes('{') ? null : `${code}{${mark}}`;
  }
  const [, deflection] = PER_DIVISION.exec(text) ?? [];
  if (deflection) return codeOf(`${deflection}{div}`);
  const gas = gasOf(text);
  if (gas) return gas;
  const [, over, under, per] = /^([^()]+)\/\(([^()/]+)(?:\/([^()/]+))?\)$/.exec(text) ?? [];
  // W/(m²·K), mV/(m/s²): UCUM counts from left to right and has no need of brackets.
  if (over && under) return codeOf(`${over}${per ? `.${per}` : ''}/${under.replaceAll('.', '/')}`);
  // J/kg·K has two readings, and one of them is UCUM's.
  if (/[()]|\/[^/]*\./.test(text)) return null;
  const parts = text.split('/').map((part) => part.split('.').map(resolveFactor));
  if (parts.flat().some((code) => code === null)) return null;
  return parts.map((factors) => factors.join('.')).join('/');
}

/** Exponents of atoms that share a dimension with others and must not mix with them: torque and energy, Bq and Hz, Gy and Sv. */
function marksOf(code: string): { marks: string; moles: number } {
  let moles = 0;
  const marks: string[] = [];
  const parts = code.split('/');
  for (const [index, part] of parts.entries()) {
    for (const factor of part.split('.')) {
      const [, atom = '', exponent = '1'] = /^(.*?)(-?\d+)?$/.exec(factor) ?? [];
      const sign = index === 0 ? 1 : -1;
      if (/^[a-zA-Z]{0,2}mol$/.test(atom)) moles += sign * Number(exponent);
      const special = Object.keys(specialKinds).find((name) => atom.endsWith(name) && atom.length <= name.length + 2);
      if (special) marks.push(specialKinds[special]!);
    }
  }
  const numerator = parts[0]!.split('.');
  if (
    numerator.some((f) => /^([a-zA-Z]{0,2}N|k?gf|\[lbf_av\])$/.test(f)) &&
    numerator.some((f) => /^([a-zA-Z]?m|\[ft_i\]|\[in_i\])$/.test(f))
  )
    marks.push('torque');
  return { marks: marks.length > 0 ? `#${marks.join('#')}` : '', moles };
}

function build(code: string): Unit | null {
  const [, inner, mark] = /^(.+)\{(\w+)\}$/.exec(code) ?? [];
  if (inner && mark) {
    const unit = build(inner);
    if (!unit || !MARKED[mark]?.test(unit.kind)) return null;
    return { ...unit, code, kind: mark === 'gauge' ? unit.kind : `${unit.kind}#${mark}` };
  }
  if (closed.has(code)) return { code, kind: `scale:${code}`, scale: 1, offset: 0 };
  const known = overlay[code];
  if (known) return { code, kind: known[0], scale: known[1], offset: known[2] };
  const found = ucumUnit(code);
  if (!found || found.isArbitrary_ || (found.cnv_ !== null && SCALE_ZERO[code] === undefined)) return null;
  const vector = found.dim_?.dimVec_ ?? [];
  const { marks, moles } = marksOf(code);
  const order = [0, 2, 1, 3, 4, 5, 6];
  const dimension = order.map((i) => (vector[i] ? `${DIMENSIONS[i]}${vector[i]}` : '')).join('') + (moles ? `N${moles}` : '');
  // UCUM's mass unit is the gram, SI's the kilogram; fifteen digits drop the noise of its own multiplications.
  const scale = Number((found.magnitude_ / 1000 ** (vector[2] ?? 0) / UCUM_MOLE ** moles).toPrecision(15));
  return { code, kind: (dimension || RATIO_KIND) + marks, scale, offset: SCALE_ZERO[code] ?? 0 };
}

/**
 * The unit a text names: UCUM codes, usual symbols in any width or mu (µm, μm, um), Chinese names (微米, 兆帕), ℃, psi, r/min, dBm.
 * Never guesses: what is not known is `unit_unknown`. Nothing at all is `unit_missing` (write 1 for the unit one).
 */
export function parseUnit(text: string): UnitResult {
  const seen = cache.get(text);
  if (seen) return seen;
  const result = resolve(text);
  if (cache.size >= MAX_CACHED) cache.clear();
  if (text.length <= MAX_TEXT) cache.set(text, result);
  return result;
}

function resolve(text: string): UnitResult {
  if (text.length > MAX_TEXT) return { ok: false, reason: 'unit_unknown', text: text.slice(0, MAX_TEXT) };
  // Our own notation for a code that is to be taken as it is, whatever else its letters may mean: MV{}.
  const cleaned = plainUnit(text).replace(/\{\}$/, '');
  if (cleaned === '') return { ok: false, reason: 'unit_missing', text };
  const code = codeOf(cleaned);
  const unit = code === null ? null : build(code);
  return unit ? { ok: true, unit } : { ok: false, reason: 'unit_unknown', text };
}

/** True when values in both units can be compared: same dimension, same scale, same mark. */
export function sameKind(a: Unit, b: Unit): boolean {
  return a.kind === b.kind;
}

const levelFactor = (kind: LevelKind) => (kind === 'power' ? 10 : 20);

function mismatch(from: Unit, to: Unit): ConversionResult {
  return { ok: false, reason: from.kind.startsWith('scale:') || to.kind.startsWith('scale:') ? 'closed_scale' : 'kinds_differ' };
}

/** A value from one unit to another. dBm ⇄ W works without `level`; dB ⇄ ratio needs it: 20 dB is 100 as power and 10 as voltage. */
export function convertValue(value: number, from: Unit, to: Unit, level?: LevelKind): ConversionResult {
  if (sameKind(from, to)) return { ok: true, value: fromBase(toBase(value, from), to) };
  if (from.kind === 'level:power' && to.kind === WATT_KIND)
    return { ok: true, value: fromBase(10 ** (toBase(value, from) / 10) / 1000, to) };
  if (from.kind === WATT_KIND && to.kind === 'level:power') {
    const watts = toBase(value, from);
    return watts > 0 ? { ok: true, value: fromBase(10 * Math.log10(watts * 1000), to) } : { ok: false, reason: 'out_of_domain' };
  }
  if ((from.kind === 'level' && to.kind === RATIO_KIND) || (from.kind === RATIO_KIND && to.kind === 'level')) {
    if (!level) return { ok: false, reason: 'level_kind_missing' };
    if (from.kind === 'level') return { ok: true, value: fromBase(10 ** (value / levelFactor(level)), to) };
    const ratio = toBase(value, from);
    return ratio > 0 ? { ok: true, value: levelFactor(level) * Math.log10(ratio) } : { ok: false, reason: 'out_of_domain' };
  }
  return mismatch(from, to);
}

/** An uncertainty from one unit to another: by scale alone, never by zero point. dB → ratio gives the larger side, 10^(U/10) − 1. */
export function convertUncertainty(u: number, from: Unit, to: Unit, level?: LevelKind): ConversionResult {
  if (sameKind(from, to) || (isLevel(from) && isLevel(to))) return { ok: true, value: differenceFromBase(differenceToBase(u, from), to) };
  if (isLevel(from) && to.kind === RATIO_KIND) {
    if (!level) return { ok: false, reason: 'level_kind_missing' };
    return { ok: true, value: differenceFromBase(10 ** (u / levelFactor(level)) - 1, to) };
  }
  return mismatch(from, to);
}

const WATT_KIND = 'L2M1T-3';
