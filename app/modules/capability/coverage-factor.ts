/**
 * Expanded uncertainties stated with different coverage factors on one footing: U₉₅, which is what k = 2 stands for (JCGM 100 6.3.3, CNAS-GL007).
 * Nothing is known of the distribution but what is stated, so a level of confidence is read as that of a normal one.
 */
import { normalFactor } from './normal.ts';
import { clean } from './quantities.ts';

/** With which U is compared, ranked and drawn. */
export const COMPARED_K = 2;
/** 1.96 is 95 % as 2 is: a k as near as this stands for the same U. */
const SAME_K = 0.05;
/** Levels that all mean U₉₅: 95 % and 95.45 % (k = 2). */
const LEVEL_95 = { least: 0.945, most: 0.955 };
/** What is stated in practice: from a standard uncertainty (68.27 %) on. */
const LARGEST_K = 10;
const LEVELS = { least: 0.68, most: 0.99999 };

/** k and level of confidence (a fraction) with which a U is stated; null where it is not said. */
export interface Coverage {
  k: number | null;
  confidence: number | null;
}

/** Stated with k = 2 or so and nothing else: then it needs no second figure beside it. */
export const isCompared = ({ k, confidence }: Coverage): boolean =>
  (k === null || Math.abs(k - COMPARED_K) <= SAME_K + 1e-9) && (confidence === null || factorOfLevel(confidence) === 1);

/**
 * Times U as stated is U₉₅. A level of 95 % is U₉₅ with whatever k (few degrees of freedom need a larger one). Of a k beside another level
 * the larger U counts: nothing is made better than stated.
 */
export function comparisonFactor({ k, confidence }: Coverage): number {
  const ofLevel = confidence === null ? null : factorOfLevel(confidence);
  if (ofLevel === 1 || k === null) return ofLevel ?? 1;
  const ofK = isCompared({ k, confidence: null }) ? 1 : clean(COMPARED_K / k);
  return ofLevel === null ? ofK : Math.max(ofK, ofLevel);
}

function factorOfLevel(level: number): number {
  return level >= LEVEL_95.least && level <= LEVEL_95.most ? 1 : clean(COMPARED_K / normalFactor(level));
}

const NUMBER = '(\\d{1,3}(?:\\.\\d{1,6})?)';
const GAP = '\\s{0,4}';
/** `k=3`, `k₉₅ = 2.1`, `包含因子 3`. */
const FACTOR = new RegExp(
  `(?:(?:包含因子|扩展因子|覆盖因子|coverage factor)${GAP}(?:为|是|of|[=:])?${GAP}|\\bk${GAP}_?(?:p|(\\d{2}))?${GAP}[=:]${GAP})(?:k${GAP}[=:]${GAP})?${NUMBER}`,
  'iu',
);
/** `U99`, `p=0.99`, `置信水平 99 %`, `99 % 置信水平`. */
const NAME = '(?:置信(?:水平|概率|度)|包含概率|confidence level|level of confidence|coverage probability|confidence)';
const LEVEL = new RegExp(
  `\\bU_?(\\d{2}(?:\\.\\d{1,3})?)(?![\\d.])|(?:\\bp${GAP}[=:≈]|${NAME}${GAP}(?:为|是|of|[=:≈])?)${GAP}(0?\\.\\d{1,5}|${NUMBER}${GAP}%?)|${NUMBER}${GAP}%${GAP}${NAME}`,
  'iu',
);
/** Alone in its place a number needs no name: 3 is a k, 99 % a level. */
const ALONE = new RegExp(`^(${NUMBER}${GAP}%?|0?\\.\\d{1,5})$`, 'u');
const EMPTY_BRACKETS = /[(（[]\s{0,4}[,，;；、]?\s{0,4}[)）\]]/gu;

/**
 * k or level of confidence out of a text such as `0.5 µm (k=3)`, and what is left of the text.
 * @returns null when the text says neither; `coverage` null when it does, but with a number that is no k and no level
 */
export function splitCoverage(text: string): { rest: string; coverage: Coverage | null } | null {
  const plain = text.normalize('NFKC');
  const factor = FACTOR.exec(plain);
  const beside = factor ? plain.replace(factor[0], ' ') : plain;
  const level = LEVEL.exec(beside);
  if (!factor && !level) return null;
  const rest = (level ? beside.replace(level[0], ' ') : beside).replace(EMPTY_BRACKETS, ' ').replace(/^[\s,;:=]+|[\s,;:]+$/gu, '');
  const saidLevel = level ? (level[1] ?? level[2] ?? level[4]) : factor?.[1];
  return { rest, coverage: coverageOf(factor?.[2], saidLevel) };
}

/** What stands in a place of its own for k: `3`, `k=3`, `99 %`, `U99`. Null for anything else. */
export function readCoverage(text: string): Coverage | null {
  const plain = text.normalize('NFKC').trim();
  const [, alone] = ALONE.exec(plain) ?? [];
  if (alone !== undefined)
    return alone.includes('%') || isLevel(fraction(alone)) ? coverageOf(undefined, alone) : coverageOf(alone, undefined);
  const split = splitCoverage(plain);
  return split && split.rest === '' ? split.coverage : null;
}

/** Percent where it is above one: `0.99` and `99 %` are one level. */
function fraction(text: string): number {
  const value = Number.parseFloat(text);
  return text.includes('%') || value > 1 ? clean(value / 100) : value;
}

const isLevel = (share: number) => share >= LEVELS.least && share <= LEVELS.most;

function coverageOf(factor: string | undefined, level: string | undefined): Coverage | null {
  const k = factor === undefined ? null : Number(factor);
  const confidence = level === undefined ? null : fraction(level);
  const sound = (k === null || (k >= 1 && k <= LARGEST_K)) && (confidence === null || isLevel(confidence));
  return sound ? { k, confidence } : null;
}
