/**
 * Words as the catalogue's index keeps them. FTS5's trigrams cannot find two-character words (校准, 量块), and each engine cuts
 * Chinese differently: here Han runs become their pairs of neighbours, everything else words and numbers, the same on both engines.
 */
const HAN = /\p{Script=Han}/u;
const PIECE = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;

/** Full-width forms, case, the two micro signs become one. */
export const normalise = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('μ', 'µ');

const pieces = (text: string): string[] => normalise(text).match(PIECE) ?? [];

const isHan = (piece: string) => HAN.test(piece);

/** Every token a text is found by: Han characters singly and in pairs, other words whole. */
export function tokensOf(text: string): Set<string> {
  const tokens = new Set<string>();
  for (const piece of pieces(text)) {
    if (!isHan(piece)) {
      tokens.add(piece);
      continue;
    }
    const characters = [...piece];
    for (const [i, character] of characters.entries()) {
      tokens.add(character);
      const next = characters[i + 1];
      if (next) tokens.add(character + next);
    }
  }
  return tokens;
}

/** One thing a visitor asks for: all `tokens` must be there, and the text must contain `phrase` as it stands. */
export type Term = { tokens: string[]; phrase: string /** Words in letters also find what begins with them. */; prefix: boolean };

/** At most so many terms count: a pasted page is not a question. */
const MOST_TERMS = 12;

export function termsOf(query: string): Term[] {
  return pieces(query.slice(0, 500))
    .slice(0, MOST_TERMS)
    .map((piece) => {
      if (!isHan(piece)) return { tokens: [piece], phrase: piece, prefix: true };
      const characters = [...piece];
      const pairs = characters.slice(1).map((character, i) => (characters[i] as string) + character);
      return { tokens: pairs.length > 0 ? pairs : characters, phrase: piece, prefix: false };
    });
}
