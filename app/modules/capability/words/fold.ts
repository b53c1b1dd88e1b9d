/**
 * Texts and what people type, made one: width, case, traditional characters, plurals and British spellings. Both sides of every
 * comparison of words go through here.
 */
import traditional from 'opencc-js/dict/TSCharacters';

const SIMPLIFIED = new Map(traditional.split('|').map((pair) => pair.split(' ').slice(0, 2) as [string, string]));
const HAN = /\p{Script=Han}/u;
const HAN_CHARACTER = /\p{Script=Han}/gu;
/** Letters and digits stand apart, however they were joined: JJG21-2008 is JJG 21-2008. */
const PIECE = /\p{Script=Han}+|(?:(?!\p{Script=Han})\p{L})+|\p{N}+/gu;

/** Marks that open or close nothing in a name: an apostrophe in toolmaker's, a point in a number is kept apart as a piece. */
const APOSTROPHE = /(\p{L})['’](?=\p{L})/gu;

export const isHan = (piece: string): boolean => HAN.test(piece);

/** Width, case, the two micro signs and traditional characters made one; as long as the text in characters, signs kept. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('μ', 'µ')
    .replace(HAN_CHARACTER, (character) => SIMPLIFIED.get(character) ?? character);

/** Words that end in s without being plurals, and plurals without another form. */
const NO_PLURAL = new Set([
  'gas',
  'lens',
  'bias',
  'series',
  'apparatus',
  'chassis',
  'gps',
  'gnss',
  'dss',
  'rms',
  'sms',
  'iss',
  'gcms',
  'lcms',
]);
/** British and American spellings of what the field writes; each is written the second way. */
const SPELLINGS: [RegExp, string][] = [
  [/^gage/, 'gauge'],
  [/^callip/, 'calip'],
  [/^centre/, 'center'],
  [/^calibre/, 'caliber'],
  [/^colour/, 'color'],
  [/^fibre/, 'fiber'],
  [/^vapour/, 'vapor'],
  [/^litre/, 'liter'],
  [/^(.*)metre$/, '$1meter'],
  [/^aluminium/, 'aluminum'],
  [/^sulph/, 'sulf'],
  [/^haem/, 'hem'],
  [/^caesi/, 'cesi'],
  [/^tyre/, 'tire'],
  [/^mould/, 'mold'],
  [/^grey/, 'gray'],
  [/^(.+)yse(r|d)?$/, '$1yze$2'],
  [/^(.+[a-z]{2})is(e|ed|er|ing|ation)$/, '$1iz$2'],
  [/^(.+[aeiou])ll(ing|ed|er)$/, '$1l$2'],
  [/^programme/, 'program'],
  [/^dosemet/, 'dosimet'],
];

const BEGINS_OTHERWISE = /^(exerc|prec|prom|adv|superv|rev|telev|compr|surpr|no)is/;

/** One spelling for a word in letters, lower case already: `gages` → `gauge`, `analysers` → `analyzer`. */
export function foldWord(word: string): string {
  const one = singular(word);
  for (const [pattern, written] of SPELLINGS) {
    if (!pattern.test(one)) continue;
    return BEGINS_OTHERWISE.test(one) ? one : one.replace(pattern, written);
  }
  return one;
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word) || NO_PLURAL.has(word)) return word;
  if (/(ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return word.slice(0, -1);
}

/** Runs of Han characters, words, runs of digits: each in its one form. */
export const piecesOf = (text: string): string[] =>
  (fold(text).replace(APOSTROPHE, '$1').match(PIECE) ?? []).map((piece) => (isHan(piece) ? piece : foldWord(piece)));

/** The parts of a name one by one: Han characters singly, other pieces whole. What names are compared by. */
export const atomsOf = (text: string): string[] => piecesOf(text).flatMap((piece) => (isHan(piece) ? [...piece] : [piece]));
