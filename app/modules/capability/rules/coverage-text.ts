/** k and level of confidence as texts state them beside an uncertainty: `(k=3)`, `包含因子 2`, `k₉₅ = 2.1`, `99 % confidence level`, `p=0.99`. */

/** What a text says, as it stands there, and the text without it. */
export interface StatedCoverage {
  rest: string;
  k: string | undefined;
  level: string | undefined;
}

/** Few spaces at each place: with any number, a cell of spaces is looked at from every one of them to every other. */
const GAP = '\\s{0,4}';
const FACTOR_NAME = '(?:包含因子|扩展因子|覆盖因子|coverage factor|erweiterungsfaktor)';
const FACTOR_NUMBER = '(√\\s?3|\\d{1,3}(?:[.,]\\d{1,6})?)(?![\\d.])';
const FACTOR = new RegExp(
  `[,，;；、]?${GAP}(?:with\\s|at\\s)?(?:(?:${FACTOR_NAME}${GAP}(?:为|是|of|[=:：])?${GAP})?\\bk${GAP}_?(?:p|([9₉][\\d₀-₉]))?${GAP}(?:=|≈|:|：|为|约为)${GAP}${FACTOR_NUMBER}|${FACTOR_NAME}${GAP}(?:为|是|of|[=:：≈])?${GAP}${FACTOR_NUMBER})`,
  'iu',
);
const LEVEL_NAME =
  '(?:(?:(?:approximately|approx\\.?)\\s?)?(?:level of confidence|confidence level|confidence|coverage probability|überdeckungswahrscheinlichkeit)(?:\\s(?:of|von))?|置信(?:概率|水平|水准|度)|包含概率)';
const LEVEL = new RegExp(
  `[,，;；、]?${GAP}(?:(?:at|with)\\s(?:an?\\s)?)?(?:${LEVEL_NAME}${GAP}(?:=|≈|:|：|为|是|约|约为)?|\\bp${GAP}(?:=|≈|:|：|为|约|约为)?)${GAP}(\\d{2}(?:\\.\\d{1,3})?\\s?%|0?\\.\\d{2,5}|(?<=[=≈:：为])${GAP}\\d{2}(?:\\.\\d{1,3})?(?![\\d.]))`,
  'iu',
);
const LEVEL_BEHIND = new RegExp(
  `[,，;；]?${GAP}(?:at\\s(?:a\\s)?)?[(（]?${GAP}(\\d{2}(?:\\.\\d{1,3})?)\\s?%${GAP}(?:confidence(?:\\slevel)?|level of confidence|coverage probability|C\\.?\\s?L\\.?|置信(?:概率|水平|水准|度)|包含概率)`,
  'iu',
);
const LEVEL_ALONE = /[(（]\s{0,4}(9\d(?:\.\d{1,2})?)\s?%\s{0,4}[)）]\s{0,4}$/;
/** Beside a factor, a figure alone: `(k=2; 95.45 %)`. */
const LEVEL_BESIDE = /[(（]\s{0,4}(9\d(?:\.\d{1,2})?)\s?%\s{0,4}[)）]|[,，;；(（]\s{0,4}(9\d(?:\.\d{1,2})?)\s?%\s{0,4}(?=[)）]|$)/;
const EMPTY = /[(（][\s,，;；、]{0,8}[)）]|^[\s,，;；:：]{1,8}|[\s,，;；、]{1,8}$/;

export function takeCoverage(text: string): StatedCoverage {
  let rest = text;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(0, found.index) + rest.slice(found.index + found[0].length);
    return found;
  };
  const [, ofFactor, named, plain] = take(FACTOR) ?? [];
  const k = named ?? plain;
  const [, said, beside] = take(LEVEL) ?? take(LEVEL_BEHIND) ?? take(k === undefined ? LEVEL_ALONE : LEVEL_BESIDE) ?? [];
  if (rest !== text) rest = withoutEmpty(rest);
  return { rest: rest.trim(), k, level: said ?? beside ?? ofFactor?.normalize('NFKC') };
}

/** Brackets and separators that hold nothing any more. */
export function withoutEmpty(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; rest = rest.replace(EMPTY, '')) before = rest;
  return rest.trim();
}

export const factorNumber = (text: string): number => (/^√\s?3$/.test(text) ? Math.sqrt(3) : Number(text.replace(',', '.')));

/** As a fraction: percent where it is above one. */
export function levelFraction(text: string): number {
  const value = Number.parseFloat(text);
  return text.includes('%') || value > 1 ? Number((value / 100).toPrecision(6)) : value;
}
