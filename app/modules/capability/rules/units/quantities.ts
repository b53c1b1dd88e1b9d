/**
 * Units as plain data, and the arithmetic between a declared unit and the base unit of its kind.
 * Nothing here knows UCUM: texts become units in `units.server.ts`, once; everything after that is numbers.
 */

/** A unit reduced to numbers: base value = value × scale + offset. Two units are comparable exactly when their `kind` is equal. */
export interface Unit {
  /** UCUM code, or the overlay's code for what UCUM lacks (%RH, HRC, r/min, dB[mW]). */
  code: string;
  /** Dimension signature ("L1", "L-1M1T-2"), a closed scale ("scale:HRC") or a level ("level:power"). */
  kind: string;
  scale: number;
  offset: number;
}

/** A stretch of values in base units, min ≤ max. */
export interface Interval {
  min: number;
  max: number;
}

/** Kind of pure ratios: 1, %, ppm, µmol/mol, mm/m. Relative humidity is not one of them. */
export const RATIO_KIND = '1';

/** Relative slack when bounds in different units are compared: 2200 mV against 2.2 V, not a tolerance of the measurement. */
const BOUND_SLACK = 1e-9;

/** Value in `unit` → base unit of its kind. */
export function toBase(value: number, unit: Unit): number {
  return value * unit.scale + unit.offset;
}

/** Base value → `unit`, cleaned of the last digits that are only binary noise. */
export function fromBase(base: number, unit: Unit): number {
  return clean((base - unit.offset) / unit.scale);
}

/** An uncertainty, tolerance or difference in `unit` → base: the zero of the scale plays no part (0.36 °F = 0.2 K). */
export function differenceToBase(value: number, unit: Unit): number {
  return value * unit.scale;
}

/** The reverse of `differenceToBase`. */
export function differenceFromBase(base: number, unit: Unit): number {
  return clean(base / unit.scale);
}

/** Fourteen significant digits: what a double keeps after a conversion there and back. */
export function clean(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(14)) : value;
}

/** a ≤ b, allowing for binary noise between units. Nothing allows for what has no bound. */
export function atMost(a: number, b: number): boolean {
  return a <= b || (a !== Number.POSITIVE_INFINITY && a - b <= BOUND_SLACK * Math.max(Math.abs(a), Math.abs(b)));
}

/** dB and dBm: the base value is the level itself. */
export function isLevel(unit: Unit): boolean {
  return unit.kind === 'level' || unit.kind.startsWith('level:');
}

/** Kind of an uncertainty of values in `unit`: that of the values, except that every level's is in dB, and what values are counted from is no matter. */
export function differenceKind(unit: Unit): string {
  return isLevel(unit) ? 'level' : unit.kind.replace(/#(?:absolute|pp|normal|standard)$/, '');
}

const ATOM_SYMBOLS: Record<string, string> = {
  Cel: '°C',
  '[degF]': '°F',
  deg: '°',
  "'": '′',
  "''": '″',
  Ohm: 'Ω',
  '[psi]': 'psi',
  'm[Hg]': 'mHg',
  "[in_i'Hg]": 'inHg',
  'm[H2O]': 'mH₂O',
  "[in_i'H2O]": 'inH₂O',
  '[mil_i]': 'mil',
  '[gr]': 'grain',
  '[car_m]': 'ct',
  '[ppth]': '‰',
  '[in_i]': 'in',
  '[ft_i]': 'ft',
  '[yd_i]': 'yd',
  '[mi_i]': 'mi',
  '[kn_i]': 'kn',
  '[lbf_av]': 'lbf',
  '[lb_av]': 'lb',
  '[oz_av]': 'oz',
  '[gal_us]': 'gal',
  '[HP]': 'hp',
  '[ppm]': 'ppm',
  '[ppb]': 'ppb',
  '%RH': '% RH',
  '%LEL': '% LEL',
  '%IACS': '% IACS',
  'dB[mW]': 'dBm',
  'dB[W]': 'dBW',
  'dB[uV]': 'dBµV',
  '1': '',
};
const SUPERSCRIPT: Record<string, string> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** Digits and minus as superscripts: -7 → ⁻⁷. */
export function superscript(text: string): string {
  return text.replace(/[-0-9]/g, (c) => SUPERSCRIPT[c] ?? c);
}

function formatFactor(factor: string): string {
  const whole = ATOM_SYMBOLS[factor];
  if (whole !== undefined) return whole;
  const [, atom = factor, exponent = ''] = /^(.*?[^0-9-])(-?\d+)?$/.exec(factor) ?? [];
  const prefix = /^(da|[yzafpnumcdhkMGTPEZY])(.+)$/.exec(atom);
  let symbol = ATOM_SYMBOLS[atom];
  if (symbol === undefined && prefix && ATOM_SYMBOLS[prefix[2]!] !== undefined)
    symbol = prefix[1]!.replace('u', 'µ') + ATOM_SYMBOLS[prefix[2]!];
  symbol ??= atom.length > 1 && atom.startsWith('u') ? `µ${atom.slice(1)}` : atom;
  return symbol + superscript(exponent);
}

/** How a unit is printed: `um` → µm, `Cel` → °C, `N.m` → N·m, `m3/h` → m³/h; the unit one is empty. */
export function formatUnit(code: string): string {
  const whole = ATOM_SYMBOLS[code];
  if (whole !== undefined) return whole;
  const [, inner, mark = ''] = /^(.+)\{(\w+)\}$/.exec(code) ?? [];
  if (inner && mark === 'div') return `${formatUnit(inner)}/div`;
  if (inner) return `${formatUnit(inner)}(${mark === 'pp' ? 'p-p' : mark === 'absolute' ? 'abs' : mark})`;
  return code
    .split('/')
    .map((part) => part.split('.').map(formatFactor).join('·'))
    .join('/');
}

/** Narrow, and no place to break a line. */
const THIN_SPACE = '\u202f';

function groupThrees(digits: string, fromRight: boolean): string {
  if (digits.length <= 4) return digits;
  return fromRight ? digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : digits.replace(/(\d{3})(?=\d)/g, `$1${THIN_SPACE}`);
}

/** A number as ISO 80000-1 sets it: groups of three by thin spaces on both sides, a true minus, powers of ten where zeros would hide it. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  // Twelve digits are beyond any measurement and hide what conversions add.
  const rounded = Number(Math.abs(value).toPrecision(12));
  const text = String(rounded);
  const sign = value < 0 ? '−' : '';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-5 || magnitude >= 1e9)) {
    const [mantissa = '1', exponent = '0'] = rounded.toExponential().split('e');
    return `${sign}${mantissa}×10${superscript(String(Number(exponent)))}`;
  }
  const [whole = '0', decimals] = text.split('.');
  return `${sign}${groupThrees(whole, true)}${decimals ? `.${groupThrees(decimals, false)}` : ''}`;
}
