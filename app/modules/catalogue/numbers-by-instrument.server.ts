/**
 * What the numbers of a sentence are, by what the rows of its instrument state: 1 kHz of a sound level meter is a condition, 4–10 of a pH meter
 * has no other unit, ten minutes of a stopwatch are no date of delivery.
 */
import { parameterNameOf } from '#app/modules/capability/rules/parameters.ts';
import { clean, formatUnit } from '#app/modules/capability/rules/units/quantities.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import type { Parts } from '#app/modules/capability/words/read-parts.server.ts';

/** What the rows of an instrument state. */
export type Measured = {
  /** Kinds of their ranges; empty where the instrument is not known. */
  kinds: ReadonlySet<string>;
  /** Whether some hold under a second parameter of that name. */
  states: (parameter: string) => boolean;
};

type Range = NonNullable<Parts['range']>;
type Numbers = { range?: Range; parameter?: Range; unused: string[] };

const kindOf = (text: string): string | null => {
  const parsed = parseUnit(text);
  return parsed.ok ? parsed.unit.kind : null;
};

const CLOSED = 'scale:';
const HARDNESS = 'scale:H';

/** What instruments are tested under, whether their rows say so or not: 500 V of an insulation tester. */
const CONDITIONS = new Set(['frequency', 'voltage', 'current', 'temperature', 'humidity']);

/** The unit of an instrument that measures on one closed scale: a number of it can be in no other. */
export function onlyScale({ kinds }: Measured): string | null {
  const [kind, ...others] = kinds;
  return kind?.startsWith(CLOSED) && others.length === 0 ? formatUnit(kind.slice(CLOSED.length)) : null;
}

export function byInstrument<N extends Numbers>(numbers: N, measured: Measured): N {
  return measured.kinds.size === 0 ? numbers : withoutSupply(placed(byWeight(numbers, measured), measured), measured);
}

const [MASS, FORCE, PRESSURE] = ['M1', 'L1M1T-2', 'L-1M1T-2'];
/** Weights by which forces and pressures are called: sixteen kilograms of a pressure gauge are 16 kgf on each square centimetre. */
const WEIGHTS: readonly { weight: RegExp; kind: string; unit: string; times: number }[] = [
  { weight: /^(?:kg|公斤|千克)$/i, kind: FORCE, unit: 'kgf', times: 1 },
  { weight: /^(?:t|吨)$/i, kind: FORCE, unit: 'kgf', times: 1000 },
  { weight: /^(?:g|克)$/, kind: FORCE, unit: 'kgf', times: 0.001 },
  { weight: /^(?:kg|公斤|千克)$/i, kind: PRESSURE, unit: 'kgf/cm²', times: 1 },
];

/** A weight said of what measures forces or pressures, and no masses, in the unit that is meant. */
function byWeight<N extends Numbers>(numbers: N, { kinds }: Measured): N {
  const { range } = numbers;
  if (!range || kinds.has(MASS) || kindOf(range.unit) !== MASS) return numbers;
  const meant = WEIGHTS.find(({ weight, kind }) => kinds.has(kind) && weight.test(range.unit));
  if (!meant) return numbers;
  const said = (value: string) => (value === '' ? '' : String(clean(Number(value) * meant.times)));
  return { ...numbers, range: { min: said(range.min), max: said(range.max), unit: meant.unit } };
}

/** What measures these works by its form or its weight: no voltage is a condition of it. */
const MECHANICAL = new Set([MASS, FORCE, PRESSURE, 'L1', 'L2M1T-2#torque', 'L-1M1T-2#absolute', 'L3', 'A1', 'L-3M1']);
const ELECTRICAL = new Set(['voltage', 'current', 'frequency']);

/**
 * One voltage of what is not electrical is what it is fed with, and no condition of its measurement: 24 V of a pressure gauge. It is said not
 * to be used. Two ends are its signal: 4–20 mA.
 */
function withoutSupply<N extends Numbers>(numbers: N, { kinds, states }: Measured): N {
  const { parameter, ...others } = numbers;
  const name = parameter && parameter.max === '' ? parameterNameOf(kindOf(parameter.unit) ?? '') : null;
  if (!parameter || name === null || !ELECTRICAL.has(name) || states(name)) return numbers;
  if (![...kinds].every((kind) => MECHANICAL.has(kind) || kind.startsWith(HARDNESS))) return numbers;
  return { ...others, unused: [...numbers.unused, `${parameter.min} ${parameter.unit}`] } as N;
}

function placed<N extends Numbers>(numbers: N, measured: Measured): N {
  const { range, parameter } = numbers;
  if (!range) return leftOver(numbers, measured);
  if (range.unit === '') {
    const unit = onlyScale(measured);
    return unit ? { ...numbers, range: { ...range, unit } } : numbers;
  }
  const kind = kindOf(range.unit);
  const name = kind === null || measured.kinds.has(kind) ? null : parameterNameOf(kind);
  if (name === null) return numbers;
  if (parameter)
    return measured.kinds.has(kindOf(parameter.unit) ?? '')
      ? { ...numbers, range: asRange(parameter), parameter: asParameter(range) }
      : numbers;
  if (!CONDITIONS.has(name) && !measured.states(name)) return numbers;
  const { range: _, ...others } = numbers;
  return { ...others, parameter: asParameter(range) } as N;
}

/** One value is the upper end of a range, and the lower one of a parameter. */
const asParameter = (range: Range): Range => (range.min === '' ? { ...range, min: range.max, max: '' } : range);
const asRange = (range: Range): Range => (range.max === '' ? { ...range, min: '', max: range.min } : range);

const VALUE = String.raw`(\d+(?:\.\d+)?)`;
const DIAMETER = new RegExp(String.raw`^[φø⌀∅]\s?${VALUE}$`, 'iu');
const WITH_UNIT = new RegExp(String.raw`^${VALUE}\s?(\p{Script=Han}{1,3})$`, 'u');
const LENGTH = 'L1';

/** A word that says a number only of such an instrument: a diameter, in millimetres as on drawings; minutes; turns, of which so many a minute are meant. */
function leftOver<N extends Numbers>(numbers: N, { kinds }: Measured): N {
  for (const [i, word] of numbers.unused.entries()) {
    const range = rangeIn(word, kinds);
    if (range) return { ...numbers, range, unused: numbers.unused.toSpliced(i, 1) };
  }
  return numbers;
}

function rangeIn(word: string, kinds: Measured['kinds']): Range | null {
  const [, diameter] = DIAMETER.exec(word) ?? [];
  if (diameter) return kinds.has(LENGTH) ? { min: '', max: diameter, unit: 'mm' } : null;
  const [, max, said] = WITH_UNIT.exec(word) ?? [];
  if (!max || !said) return null;
  // So many days are those in which something is wanted.
  const unit = /^转$/.test(said) ? 'r/min' : said;
  const kind = /^天$/.test(said) ? null : kindOf(unit);
  return kind !== null && kinds.has(kind) ? { min: '', max, unit } : null;
}
