/**
 * The coverage factor of a row and what brings its U to k = 2 (U₉₅). A factor alone does not tell the distribution: where that matters, a
 * person says it, and until then the larger U is shown.
 */
import { Doubts } from '../doubts.ts';
import { prefixOf } from '../uncertainty-prefix.ts';

export interface Coverage {
  /** As stated. */
  k: number;
  /** As stated, a fraction. */
  confidence: number | null;
  /** Times U as stated is U₉₅. */
  factor: number;
  /** The text of U without what was said of k and level. */
  rest: string;
  /** What stands for k and is no coverage factor. */
  unreadable?: string;
}

/** Few spaces at each place: with any number, a cell of spaces is looked at from every one of them to every other. */
const FACTOR =
  /[,，;；、]?\s{0,4}(?:with\s|at\s)?(?:包含因子|扩展因子|覆盖因子|coverage factor|erweiterungsfaktor)?\s{0,4}\bk(?:\s?95)?\s{0,4}(?:=|≈|:|：|为|约为)\s{0,4}(√\s?3|\d{1,3}(?:[.,]\d{1,4})?)(?![\d.])/i;
const LEVEL =
  /[,，;；、]?\s{0,4}(?:(?:at|with)\s(?:an?\s)?)?(?:(?:(?:approximately|approx\.?)\s?)?(?:level of confidence|confidence level|confidence|coverage probability|überdeckungswahrscheinlichkeit)(?:\s(?:of|von))?|置信(?:概率|水平|水准|度)|包含概率|\b[pP])\s{0,4}(?:=|≈|:|：|为|约|约为)?\s{0,4}(\d{2}(?:\.\d{1,2})?\s?%|0\.\d{2,4})/i;
const LEVEL_BEHIND =
  /[,，;；]?\s{0,4}(?:at\s(?:a\s)?)?[(（]?\s{0,4}(\d{2}(?:\.\d{1,2})?)\s?%\s{0,4}(?:confidence(?:\slevel)?|level of confidence|C\.?\s?L\.?|置信(?:概率|水平)?)/i;
const LEVEL_ALONE = /[(（]\s{0,4}(9\d(?:\.\d{1,2})?)\s?%\s{0,4}[)）]\s{0,4}$/;
/** Beside a factor, a figure alone: `(k=2; 95.45 %)`. */
const LEVEL_BESIDE = /[(（]\s{0,4}(9\d(?:\.\d{1,2})?)\s?%\s{0,4}[)）]|[,，;；(（]\s{0,4}(9\d(?:\.\d{1,2})?)\s?%\s{0,4}(?=[)）]|$)/;
const EMPTY = /[(（][\s,，;；、]{0,8}[)）]|^[\s,，;；:：]{1,8}|[\s,，;；、]{1,8}$/;

const SMALLEST = 1;
const LARGEST = 5;
/** k this near to 2 is 2: 1.96 for a normal distribution, 2.05 for what was rounded. */
const NEAR = 0.05;
const LEAST_95 = 0.945;
const MOST_95 = 0.9595;
/** k of a normal distribution, by its level. */
const NORMAL: readonly [level: number, k: number][] = [
  [0.68, 1],
  [0.6827, 1],
  [0.9, 1.645],
  [0.99, 2.576],
  [0.997, 3],
  [0.9973, 3],
];

/** `column`: what stands in a column of its own; `otherwise`: the factor of rows that state none. */
export function coverageOf(uncertainty: string, column: string | undefined, otherwise: number, doubts: Doubts): Coverage {
  const said = takeOut(uncertainty.replace(/[\uff01-\uff5e]/g, halfWidth));
  const beside = column ? ofColumn(column) : undefined;
  const stated = (beside ? beside.k : said.k) ?? null;
  const prefix = prefixOf(said.rest.slice(0, 40).normalize('NFKC'));
  const confidence = levelOf(beside?.level) ?? levelOf(said.level) ?? prefix.level;
  const k = stated === null ? null : numberOf(stated);
  const rest = said.rest;
  if (k !== null && !(k >= SMALLEST && k <= LARGEST)) return { k: otherwise, confidence, factor: 1, rest, unreadable: stated! };
  if (beside?.as && k !== null) return { k, confidence, rest, factor: factorAs(beside.as, k) };
  return { confidence, rest, ...factorOf(k, confidence, prefix.standard, otherwise, doubts, uncertainty) };
}

/** Of letters and signs alone: superscripts stay what they are. */
const halfWidth = (sign: string) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
const numberOf = (text: string): number => (/^√\s?3$/.test(text) ? Math.sqrt(3) : Number(text.replace(',', '.')));
function levelOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text.replace(/\s?%$/, ''));
  return value > 1 ? Number((value / 100).toPrecision(6)) : value;
}

function takeOut(text: string): { rest: string; k: string | undefined; level: string | undefined } {
  let rest = text;
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(0, found.index) + rest.slice(found.index + found[0].length);
    return found?.[1] ?? found?.[2];
  };
  const k = take(FACTOR);
  const level = take(LEVEL) ?? take(LEVEL_BEHIND) ?? (k === undefined ? take(LEVEL_ALONE) : take(LEVEL_BESIDE));
  if (rest !== text) for (let before = ''; before !== rest; rest = rest.replace(EMPTY, '')) before = rest;
  return { rest: rest.trim(), k, level };
}

/** `2`, `k=2.31 (95 %)`, `1.73 (rectangular)`: a column of its own may name the distribution, and then nothing is asked. */
function ofColumn(column: string): { k: string; level: string | undefined; as: Distribution | undefined } {
  const text = column.normalize('NFKC').trim();
  const [, number, level, as] =
    /^(?:k\s{0,2}[=≈:]\s{0,2})?([^\s()]+)(?:\s{0,4}\((?:(\d{2}(?:\.\d{1,4})?\s?%))?,?\s?([a-z ]{4,12})?\))?$/i.exec(text) ?? [];
  return { k: number ?? text, level, as: as ? DISTRIBUTIONS[as.trim()] : undefined };
}

/** Words `coverageText` writes. */
type Distribution = 'normal' | 'rectangular' | 'stated';
const DISTRIBUTIONS: Record<string, Distribution> = {
  normal: 'normal',
  rectangular: 'rectangular',
  'as stated': 'stated',
};

/** k of a row with all that is needed to read it back as it is. */
export function coverageText({ k, confidence, factor }: Pick<Coverage, 'k' | 'confidence' | 'factor'>): string {
  const asked = new Doubts();
  const plain = factorOf(k, confidence, false, k, asked, '').factor === factor && asked.all.length === 0;
  const as = plain ? undefined : Object.entries(DISTRIBUTIONS).find(([, one]) => Math.abs(factorAs(one, k) - factor) < 1e-12)?.[0];
  const words = [confidence === null ? '' : `${Number((confidence * 100).toPrecision(6))} %`, as ?? ''].filter(Boolean).join(', ');
  return words ? `${k} (${words})` : String(k);
}

const factorAs = (as: Distribution, k: number): number => (as === 'normal' ? 2 / k : as === 'rectangular' ? RECTANGULAR_95 : 1);

type Factor = Pick<Coverage, 'k' | 'factor'>;

function factorOf(k: number | null, level: number | null, standard: boolean, otherwise: number, doubts: Doubts, found: string): Factor {
  if (standard) {
    const as = doubts.ask('k_of_u', 'k_of_u|u', ['standard', 'expanded'], found);
    if (as === 'standard') return { k: 1, factor: 2 };
  }
  if (level !== null && level >= LEAST_95 && level <= MOST_95) return { k: k ?? otherwise, factor: 1 };
  if (k !== null) return withFactor(k, doubts);
  return level === null ? withFactor(otherwise, doubts) : ofLevel(level, doubts);
}

function withFactor(k: number, doubts: Doubts): Factor {
  if (Math.abs(k - 2) <= NEAR) return { k, factor: 1 };
  if (k === 1) return { k, factor: 2 };
  if (Math.abs(k - 3) <= NEAR) return { k, factor: 2 / k };
  const rounded = Number(k.toFixed(2));
  // The smaller factor needs the larger correction; of the larger ones, as stated is the larger U.
  const first = k < 2 ? 'normal' : 'stated';
  const rest = first === 'normal' ? (Math.abs(k - Math.sqrt(3)) < 0.01 ? ['rectangular', 'stated'] : ['stated']) : ['normal'];
  const as = doubts.ask('k_distribution', `k_distribution|${rounded}`, [first, ...rest], String(rounded));
  return { k, factor: factorAs(as as Distribution, k) };
}

/** U of a rectangular distribution at k = √3 is its half-width; 95 % of it lie within 0.95 of that. */
const RECTANGULAR_95 = 0.95;

function ofLevel(level: number, doubts: Doubts): Factor {
  const k = NORMAL.reduce((near, one) => (Math.abs(one[0] - level) < Math.abs(near[0] - level) ? one : near))[1];
  const choices: [string, string] = k < 2 ? ['normal', 'stated'] : ['stated', 'normal'];
  const as = doubts.ask('k_of_level', `k_of_level|${level}`, choices, `${Number((level * 100).toPrecision(5))} %`);
  return { k, factor: as === 'normal' ? 2 / k : 1 };
}
