/**
 * Class, type or size a row holds for (E2 weights, K thermocouples, Pt100, M2~M100), and the one a need names. No order of classes is known
 * here: who has E1 has not said E2.
 */

/** What a designation as printed stands for. Several stand side by side: `E1、E2`, `B/R/S`. */
export interface Designation {
  key: string;
  /** As printed. */
  text: string;
  parts: readonly Part[];
}

type Part =
  /** One class, type or size. */
  | { name: string; letters: string; number: number | null }
  /** Sizes of one series, ends included: M2~M100. */
  | { letters: string; min: number; max: number }
  /** Between two classes: which lie between them nobody has said (F1~M3). */
  | { between: string };

/** Words around the class itself: 准确度等级 0.4 级, type K, K型, 分度号 Pt100. */
const WORDS =
  /(?:准确度|精度|精密度)?等级|型号|规格|分度号|级别|[级型类]|\b(?:accuracy|class|type|grade|model|size|nominal)\b|(?<=\d)等$|(?<=[a-z]\d?)等/giu;
const SEPARATOR = /[、,，;；/／|和及与]|\s(?:and|or|&)\s/iu;
const RANGE = /^([a-z]*)\s*(\d+(?:\.\d+)?)\s*(?:~|-|–|—|to|至)\s*([a-z]*)\s*(\d+(?:\.\d+)?)$/u;
const NAME = /^([a-z]*)\s*(\d+(?:\.\d+)?)?$/u;

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(WORDS, ' ').replace(/\s+/g, ' ').trim();

/** Two ways of printing one designation have the same key: `E2级`, `Class E₂`. */
export const designationKey = (text: string): string => plain(text).replace(/\s/g, '');

const known = new Map<string, Designation | null>();
/** Scopes print few of them; what somebody asks is not kept without end. */
const MOST_KNOWN = 5000;

/** Null for a text that says none. */
export function designationOf(text: string): Designation | null {
  if (text === '') return null;
  const before = known.get(text);
  if (before !== undefined) return before;
  const key = designationKey(text);
  const made =
    key === ''
      ? null
      : {
          key,
          text: text.trim(),
          parts: plain(text)
            .split(SEPARATOR)
            .map(partOf)
            .filter((part) => part !== null),
        };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, made);
  return made;
}

function partOf(text: string): Part | null {
  const said = text.trim();
  if (said === '') return null;
  const [, from = '', low, to = '', high] = RANGE.exec(said) ?? [];
  if (low !== undefined && (to === '' || to === from)) return { letters: from, min: Number(low), max: Number(high) };
  if (/[~–—]|至/u.test(said)) return { between: said.replace(/\s/g, '') };
  const [, letters = '', number] = NAME.exec(said) ?? [];
  return { name: said.replace(/\s/g, ''), letters, number: number === undefined ? null : Number(number) };
}

/** How a row's designation stands to the one asked. */
export type Standing = 'same' | 'other' | 'unclear';

/** `unclear` where the row states none, or one that does not tell whether it holds the asked one. */
export function standingOf(row: Designation | null, asked: Designation): Standing {
  if (row === null) return 'unclear';
  if (row.key === asked.key) return 'same';
  const found = asked.parts.map((wanted) => partStanding(row, wanted));
  if (found.includes('other')) return 'other';
  return found.length > 0 && found.every((one) => one === 'same') ? 'same' : 'unclear';
}

function partStanding(row: Designation, wanted: Part): Standing {
  let unclear = false;
  for (const part of row.parts) {
    const standing = onePart(part, wanted);
    if (standing === 'same') return 'same';
    unclear ||= standing === 'unclear';
  }
  return unclear ? 'unclear' : 'other';
}

function onePart(has: Part, wanted: Part): Standing {
  if ('between' in wanted) return 'between' in has && has.between === wanted.between ? 'same' : 'unclear';
  if ('between' in has) return 'unclear';
  const [min, max] = 'min' in wanted ? [wanted.min, wanted.max] : [wanted.number, wanted.number];
  if ('min' in has) return has.letters === wanted.letters && min !== null && min >= has.min && max! <= has.max ? 'same' : 'other';
  if ('min' in wanted) return 'other';
  return has.name === wanted.name || (has.letters === wanted.letters && has.number !== null && has.number === wanted.number)
    ? 'same'
    : 'other';
}

/** A type, class or size marked as one: `K型热电偶`, `E2级砝码`, `分度号 Pt100`, `type K thermocouple`. Few characters: a name is longer. */
const CODE = '[A-Za-z]{1,3}\\d{0,4}(?:\\.\\d+)?|\\d{1,3}(?:\\.\\d{1,3})?';
const CODES = `(?:${CODE})(?:\\s?[/、~]\\s?(?:${CODE}))*`;
const MARKED = [
  new RegExp(`(?:准确度等级|精度等级|等级|分度号|型号|规格)\\s?[:：为]?\\s?(${CODES})\\s?(?:级|型)?`, 'u'),
  new RegExp(`(?<![A-Za-z0-9.])(${CODES})\\s?-?(?:等级|级|型|等)`, 'u'),
  /([一二三四五]等)/u,
  new RegExp(`\\b(?:accuracy class|class|type|grade|size)[ -](${CODES})\\b`, 'iu'),
  new RegExp(`\\b(${CODES})[ -](?:type|class|grade)\\b`, 'iu'),
];
/** Behind the name of an instrument: `砝码 E2`. */
const BEHIND = /(?<=\p{Script=Han})\s+([A-Z]{1,2}\d{1,3})$/u;

export interface Split {
  rest: string;
  designation: Designation;
}

/** A designation that stands marked in a text, and the text without it; null where there is none. */
export const splitDesignation = (text: string): Split | null => splitBy(MARKED, text);

/** The same of an instrument's name as scopes have it. */
export const splitName = (name: string): Split | null => splitBy([...MARKED, BEHIND], name);

function splitBy(patterns: RegExp[], name: string): Split | null {
  const text = name.normalize('NFKC');
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    const designation = found && designationOf(found[1]!);
    if (!designation) continue;
    const rest = text
      .replace(found[0], ' ')
      .replace(/[(（[]\s*[)）\]]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return rest === '' ? null : { rest, designation };
  }
  return null;
}

const shape = (key: string) => key.replace(/\d+(?:\.\d+)?/g, '9').replace(/[a-z]/g, 'a');

function shapesOf(stated: Iterable<Designation>): Set<string> {
  const shapes = new Set<string>();
  for (const { parts } of stated)
    for (const part of parts) {
      if ('name' in part) shapes.add(shape(part.name));
      else if ('min' in part) shapes.add(shape(`${part.letters}9`));
    }
  return shapes;
}

const WORD = /(?<![A-Za-z0-9.])[A-Za-z]{1,3}\d{0,4}(?:\.\d+)?(?![A-Za-z0-9.])/gu;

/** A word that looks like what `statedFor` the rest of the text says: `M1 砝码` where scopes speak of F1 weights. */
export function unmarkedDesignation(name: string, statedFor: (rest: string) => Iterable<Designation>): Split | null {
  const text = name.normalize('NFKC');
  for (const [word] of text.matchAll(WORD)) {
    const designation = designationOf(word);
    const rest = text.replace(word, ' ').replace(/\s+/g, ' ').trim();
    if (designation && rest !== '' && shapesOf(statedFor(rest)).has(shape(designation.key))) return { rest, designation };
  }
  return null;
}

/** What a row holds for: as it states, or as its instrument's name says (S型热电偶). */
export const rowDesignation = (row: { designation: string; instrumentZh: string }): Designation | null =>
  row.designation === '' ? (splitName(row.instrumentZh)?.designation ?? null) : designationOf(row.designation);
