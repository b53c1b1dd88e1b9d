/**
 * Expanded uncertainties stated with different coverage factors on one footing: U₉₅, which is what k = 2 stands for (JCGM 100 6.3.3, CNAS-GL007).
 * Nothing is known of the distribution but what is stated, so a level of confidence is read as that of a normal one.
 */
import { factorNumber, levelFraction, takeCoverage, withoutEmpty } from '../coverage-text.ts';
import { normalFactor } from '../normal.ts';
import { clean } from '../units/quantities.ts';

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

/** `U99`: the level stands with the letter. */
const OF_LETTER = /\bU_?(\d{2}(?:\.\d{1,3})?)(?![\d.])/;
/** Alone in its place a number needs no name: 3 is a k, 99 % a level. */
const ALONE = /^(\d{1,3}(?:\.\d{1,6})?\s{0,4}%?|0?\.\d{1,5})$/u;

/**
 * k or level of confidence out of a text such as `0.5 µm (k=3)`, and what is left of the text.
 * @returns null when the text says neither; `coverage` null when it does, but with a number that is no k and no level
 */
export function splitCoverage(text: string): { rest: string; coverage: Coverage | null } | null {
  const said = takeCoverage(text.normalize('NFKC'));
  const ofLetter = said.level === undefined ? OF_LETTER.exec(said.rest) : null;
  const level = said.level ?? ofLetter?.[1];
  if (said.k === undefined && level === undefined) return null;
  const rest = withoutEmpty(ofLetter ? said.rest.replace(ofLetter[0], ' ') : said.rest).replace(/^[\s,;:=]+|[\s,;:]+$/gu, '');
  return { rest, coverage: coverageOf(said.k, level) };
}

/** What stands in a place of its own for k: `3`, `k=3`, `99 %`, `U99`. Null for anything else. */
export function readCoverage(text: string): Coverage | null {
  const plain = text.normalize('NFKC').trim();
  const [, alone] = ALONE.exec(plain) ?? [];
  if (alone !== undefined)
    return alone.includes('%') || isLevel(levelFraction(alone)) ? coverageOf(undefined, alone) : coverageOf(alone, undefined);
  const split = splitCoverage(plain);
  return split && split.rest === '' ? split.coverage : null;
}

const isLevel = (share: number) => share >= LEVELS.least && share <= LEVELS.most;

function coverageOf(factor: string | undefined, level: string | undefined): Coverage | null {
  const k = factor === undefined ? null : factorNumber(factor);
  const confidence = level === undefined ? null : levelFraction(level);
  const sound = (k === null || (k >= 1 && k <= LARGEST_K)) && (confidence === null || isLevel(confidence));
  return sound ? { k, confidence } : null;
}
