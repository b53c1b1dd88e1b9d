/**
 * Words as the catalogue's index keeps them. FTS5's trigrams cannot find two-character words (校准, 量块), and each engine cuts
 * Chinese differently: here Han runs become their pairs of neighbours, everything else words and numbers, the same on both engines.
 */
import { isHan, piecesOf } from '#app/modules/capability/words/fold.ts';

/** A text as phrases are looked for in it: its pieces in their one form, apart. */
export const phraseText = (text: string): string => ` ${piecesOf(text).join(' ')} `;

/** The tokens of a run of Han characters as a query needs them: its pairs, or the one character. */
export function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.length < 2 ? characters : characters.slice(1).map((character, i) => (characters[i] as string) + character);
}

/** Every token a text is found by: Han characters singly and in pairs, other words whole. */
export function tokensOf(text: string): Set<string> {
  const tokens = new Set<string>();
  for (const piece of piecesOf(text)) {
    if (!isHan(piece)) {
      tokens.add(piece);
      continue;
    }
    for (const character of piece) tokens.add(character);
    for (const pair of pairsOf(piece)) tokens.add(pair);
  }
  return tokens;
}

/** What a phrase is looked for by before it is looked at as it stands. */
export function* tokensOfQuery(pieces: readonly string[]): Generator<string> {
  for (const piece of pieces) {
    const characters = isHan(piece) ? [...piece] : [];
    if (characters.length < 2) yield piece;
    else for (let i = 1; i < characters.length; i++) yield (characters[i - 1] as string) + (characters[i] as string);
  }
}
