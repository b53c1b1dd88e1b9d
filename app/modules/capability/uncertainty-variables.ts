/** Variables of uncertainty formulas: the measured value itself, by the letters it has in scopes; and what says in which unit it is put. */
import type { Unit } from './quantities.ts';
import type { Scanner } from './scanner.ts';

/** The value measured, whatever it is. */
export const VARIABLE = /^(?:\|[A-Za-z]\||[LlxX])$/;
const WORDS = /^(?:读数|示值|reading|rdg|\|[A-Za-z]\|)$/;

/** Letters of a quantity, by its kind: D of a diameter, U of a voltage. R is no length: scopes write it for the resolution. */
const SYMBOLS: Record<string, string> = {
  L1: 'DdHhWSsB',
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

export const isVariable = (text: string, unit: Unit): boolean =>
  WORDS.test(text) || VARIABLE.test(text) || (text.length === 1 && (SYMBOLS[unit.kind] ?? '').includes(text));

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
