/** Variables of uncertainty formulas: the measured value itself, by the letters it has in scopes; and what says in which unit it is put. */

import type { Scanner } from '../scanner.ts';
import type { Unit } from '../units/quantities.ts';
import { normaliseFormula } from './formula-text.ts';

/** The value measured, whatever it is. */
export const VARIABLE = /^(?:\|[A-Za-z]\||[LlxX])$/;
const WORDS = /^(?:读数|示值|reading|rdg|\|[A-Za-z]\|)$/;

/** Letters of a quantity, by its kind: D of a diameter, U of a voltage. R is no length: scopes write it for the resolution. */
const SYMBOLS: Record<string, string> = {
  // Roughness is measured by parameters of two letters.
  L1: 'DdHhWSsB Ra Rz Rq Rt Rmax',
  'L2M1T-2Q-1': 'UVEu',
  'T-1Q1': 'Ii',
  'L2M1T-1Q-2': 'RZr',
  'L1M1T-2': 'FP',
  'L-1M1T-2': 'pP',
  'L-1M1T-2#absolute': 'pP',
  'L2M1T-2#torque': 'MT',
  M1: 'mMWw',
  K1: 'tTθ',
  T1: 'tT',
  'T-1': 'fn',
  'L2M1T-3': 'P',
  'L-2M-1T2Q2': 'C',
  'L2M1T-2Q-2': 'LH',
  L3: 'V',
  'L3T-1': 'Qq',
  L1T1: '',
  'L1T-1': 'v',
  'L1T-2': 'a',
  A1: 'α',
};

export const isVariable = (text: string, unit: Unit): boolean => WORDS.test(text) || VARIABLE.test(text) || symbolsOf(unit.kind).has(text);

const known = new Map<string, ReadonlySet<string>>();
function symbolsOf(kind: string): ReadonlySet<string> {
  const [letters = '', ...longer] = (SYMBOLS[kind] ?? '').split(' ');
  const symbols = known.get(kind) ?? new Set([...letters, ...longer]);
  known.set(kind, symbols);
  return symbols;
}

/** `L in m`, `D = diagonal in inches`, `L单位mm` anywhere in a remark. */
const REMARKED =
  /(?<![A-Za-z])([A-Za-z])\s?(?:(?:=|:|is|-{1,2})\s?(?:the )?(?:[a-z]{3,12} ){1,4}in |(?:in |=|:|-{1,2}|的?单位[为是:]?|以))\s?(metres?|meters?|millimetres?|millimeters?|inch(?:es)?|feet|mm|cm|m|µm|um|in|ft)(?![A-Za-z])/gu;

/** The unit a remark puts the variable in. */
export function remarkedUnit(
  remarks: string,
  name: string,
  parseUnit: (text: string) => { ok: true; unit: Unit } | { ok: false },
): Unit | undefined {
  for (const [, letter, text = ''] of normaliseFormula(remarks).matchAll(REMARKED)) {
    if (letter !== name) continue;
    const found = parseUnit(NAMES[text.replace(/s$/, '')] ?? text);
    if (found.ok) return found.unit;
  }
  return undefined;
}

/** `p_e`: the pressure counted from the air's, as a range that says nothing else is; `l_n`, `U_x`: the value itself. */
const SUBSCRIPT = /^([A-Za-z])_(e|abs|x|n|m|i)(?![A-Za-z0-9])/;

/** A variable with a subscript at the beginning of a text: how long it is and its letter; undefined where the subscript means something else. */
export function subscripted(text: string, unit: Unit): { length: number; letter: string } | undefined {
  const [all, letter, subscript] = SUBSCRIPT.exec(text) ?? [];
  if (all === undefined || letter === undefined || !isVariable(letter, unit)) return undefined;
  const pressure = unit.kind.startsWith('L-1M1T-2');
  const absolute = unit.kind.endsWith('#absolute');
  if (subscript === 'abs' || subscript === 'e')
    return pressure && absolute === (subscript === 'abs') ? { length: all.length, letter } : undefined;
  return { length: all.length, letter };
}

/** `× length in m`: the variable in words, with its unit. A diagonal is no length of a range that is stated by sides. */
const IN_WORDS =
  /^\s?[×x·] ?(?:the )?(?:nominal |measured )?(length|diameter|thickness|height|depth|width|distance|diagonal) (?:expressed )?in ([A-Za-zµμ]{1,11})(?![A-Za-z])/i;

export function variableInWords(
  text: string,
  unit: Unit,
  parseUnit: (text: string) => { ok: true; unit: Unit } | { ok: false },
): { length: number; name: string; unit: Unit } | undefined {
  const [all, name, written = ''] = IN_WORDS.exec(text) ?? [];
  if (all === undefined || name === undefined || unit.kind !== 'L1') return undefined;
  const found = parseUnit(NAMES[written.replace(/s$/, '')] ?? written);
  return found.ok && found.unit.kind === 'L1' ? { length: all.length, name: name.toLowerCase(), unit: found.unit } : undefined;
}

/** `, H为厚度值`, `(v = measured value)`: what the variable is, in words. */
const MEANT =
  /^[,;\s(]{0,3}(?:where |with |式中|其中|wobei )?([A-Za-z])\s?(?:为|是|=|:|-{1,2}| is )\s?(?:the |der |die )?([\p{Script=Han}]{1,10}|[A-Za-zäöüß ]{5,30})\)?$/u;

export function meantVariable(scanner: Scanner): { name: string; words: string } | undefined {
  const [all, name, words] = MEANT.exec(scanner.rest()) ?? [];
  if (all === undefined || name === undefined || words === undefined) return undefined;
  scanner.skip(all.length);
  return { name, words };
}

/** `, L in m`, `where L is in metres`, `式中L以m为单位`, `(L: mm)`. */
const STATED =
  /^[,;\s(]{0,3}(?:where|with|in which|式中|其中|wobei|mit)?[\s,:]{0,3}(?:the )?([A-Za-z])\s?(?:is the [a-z ]{3,30}|的)?\s?(?:(?:is |are )?(?:expressed |measured |given )?in\s|=|:|—|-|单位[为是:]?|为|以)\s?(?:in\s)?(metres?|meters?|millimetres?|millimeters?|inch(?:es)?|feet|[A-Za-zµμΩ°]{1,4})\s?(?:为单位|计)?\)?(?=$|[\s,;)(])/;
const NAMES: Record<string, string> = {
  metre: 'm',
  meter: 'm',
  millimetre: 'mm',
  millimeter: 'mm',
  inch: '[in_i]',
  inche: '[in_i]',
  feet: '[ft_i]',
};

/** The variable's unit, where the text goes on to state it. */
export function statedVariable(
  scanner: Scanner,
  parseUnit: (text: string) => { ok: true; unit: Unit } | { ok: false },
): { name: string; unit: Unit } | undefined {
  const [all, name, text] = STATED.exec(scanner.rest()) ?? [];
  if (all === undefined || name === undefined || text === undefined) return undefined;
  const found = parseUnit(NAMES[text.replace(/s$/, '')] ?? text);
  if (!found.ok) return undefined;
  scanner.skip(all.length);
  return { name, unit: found.unit };
}
