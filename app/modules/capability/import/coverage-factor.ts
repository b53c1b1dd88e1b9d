/**
 * The coverage factor of a row and what brings its U to k = 2 (U₉₅). A factor alone does not tell the distribution: where that matters, a
 * person says it, and until then the larger U is shown.
 */
import { factorNumber, levelFraction, takeCoverage } from '../rules/coverage-text.ts';
import { Doubts } from '../rules/doubts.ts';
import { prefixOf } from '../rules/uncertainty/uncertainty-prefix.ts';

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
  const said = takeCoverage(uncertainty.replace(/[\uff01-\uff5e]/g, halfWidth));
  const beside = column ? ofColumn(column) : undefined;
  const stated = (beside ? beside.k : said.k) ?? null;
  const prefix = prefixOf(said.rest.slice(0, 40).normalize('NFKC'));
  const confidence = levelOf(beside?.level) ?? levelOf(said.level) ?? prefix.level;
  const k = stated === null ? null : factorNumber(stated);
  const rest = said.rest;
  if (k !== null && !(k >= SMALLEST && k <= LARGEST)) return { k: otherwise, confidence, factor: 1, rest, unreadable: stated! };
  if (beside?.as && k !== null) return { k, confidence, rest, factor: factorAs(beside.as, k) };
  return { confidence, rest, ...factorOf(k, confidence, prefix.standard, otherwise, doubts, uncertainty) };
}

/** Of letters and signs alone: superscripts stay what they are. */
const halfWidth = (sign: string) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
const levelOf = (text: string | undefined): number | null => (text === undefined ? null : levelFraction(text));

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
