/** What a visitor typed, as the things it asks for: names of instruments, words that texts have, and words that find nothing. */
import { atomsOf, fold, foldWord, isHan, piecesOf } from '#app/modules/capability/words/fold.ts';
import type { Named } from '#app/modules/capability/words/lexicon.ts';
import type { TextIndex, Wanted } from './text-index.ts';
import typed from './typed-words.json' with { type: 'json' };

/** One thing asked for. */
export type Term = Wanted & {
  /** As it was typed, in its one form. */
  said: string;
  /** Nothing is found by it. */
  dead: boolean;
  /** Names it was taken for: pinyin and initials. */
  names: string[];
};

export type ReadWords = {
  terms: Term[];
  /** Words that ask and name nothing: 多少钱, "where". */
  unused: string[];
};

/** At most so many things count: a pasted page is not a question. What stands behind them is said not to have been used. */
const MOST_TERMS = 12;
const MOST_LETTERS = 500;
/** Longer runs of Han characters are looked for as they stand. */
const LONGEST_SPLIT = 40;
const LONGEST_PART = 8;

const grammar = new Set([...typed.grammar, ...typed.grammarEn]);
const asking = new Set([...typed.asking, ...typed.askingEn.map(foldWord)]);
/** Between two runs of Han characters that were typed apart; no name has it. */
const APART = '\u0000';

type Run = { text: string; pieces: string[]; atoms: number };

/** Words typed without a space between them: 苏州JJG21 is 苏州 and JJG 21. */
const runsOf = (text: string): Run[] =>
  fold(text)
    .split(/[\s,，。；;：:、！!？?()（）[\]【】"“”'‘’|]+/u)
    .flatMap((chunk) => chunk.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? [])
    .map((chunk) => ({ text: chunk, pieces: piecesOf(chunk), atoms: atomsOf(chunk).length }))
    .filter(({ pieces }) => pieces.length > 0);

export function readWords(text: string, index: TextIndex): ReadWords {
  const runs = runsOf(text.slice(0, MOST_LETTERS));
  const atoms: string[] = [];
  const starts: number[] = [];
  for (const [i, run] of runs.entries()) {
    if (i > 0 && isHan(run.text) && isHan(runs[i - 1]?.text ?? '')) atoms.push(APART);
    starts.push(atoms.length);
    atoms.push(...run.pieces.flatMap((piece) => (isHan(piece) ? [...piece] : [piece])));
  }
  const reader = new Reader(index, atoms);
  const names = index.lexicon.namesIn(atoms);
  for (const [i, run] of runs.entries()) reader.run(run, starts[i] as number, names);
  const beyond = reader.terms.slice(MOST_TERMS).map(({ said }) => said);
  return { terms: reader.terms.slice(0, MOST_TERMS), unused: [...reader.unused, ...beyond] };
}

class Reader {
  readonly terms: Term[] = [];
  readonly unused: string[] = [];
  readonly #index: TextIndex;
  readonly #atoms: string[];
  readonly #done = new Set<Named>();

  constructor(index: TextIndex, atoms: string[]) {
    this.#index = index;
    this.#atoms = atoms;
  }

  run(run: Run, start: number, names: Named[]): void {
    const end = start + run.atoms;
    const inside = names.filter(({ from, until }) => from < end && until > start);
    if (!this.#holdsTogether(run, start, end, inside)) {
      this.#push({ said: run.text, pieces: run.pieces, named: [], wider: [] });
      return;
    }
    let at = start;
    for (const name of inside) {
      if (name.from > at) this.#gap(run, at, name.from);
      this.#name(name);
      at = Math.max(at, name.until);
    }
    if (at < end) this.#gap(run, at, end);
  }

  /** Whether what stands between the names is words by itself: of 温湿度计量, 温湿度计 and 量 are not what was meant. */
  #holdsTogether(run: Run, start: number, end: number, inside: Named[]): boolean {
    if (!isHan(run.text) || inside.length === 0 || inside.some(({ from, until }) => from < start || until > end)) return true;
    let at = start;
    const gaps: string[] = [];
    for (const { from, until } of [...inside, { from: end, until: end }]) {
      if (from > at) gaps.push(this.#atoms.slice(at, from).join(''));
      at = until;
    }
    const odd = gaps.some((gap) => !grammar.has(gap) && !asking.has(gap) && (gap.length === 1 || !this.#index.has([gap])));
    return !(odd && (this.#index.has([run.text]) || this.#isSlip(run.text)));
  }

  #name(name: Named): void {
    if (this.#done.has(name)) return;
    this.#done.add(name);
    const atoms = this.#atoms.slice(name.from, name.until);
    const said = atoms.reduce((text, atom, i) => text + (i > 0 && !(isHan(atom) && isHan(atoms[i - 1] as string)) ? ' ' : '') + atom, '');
    this.#push({ said, pieces: piecesOf(said), named: name.named, wider: name.wider });
  }

  #gap(run: Run, from: number, until: number): void {
    const atoms = this.#atoms.slice(from, until);
    if (isHan(run.text)) this.#han(atoms.join(''));
    // JJG21-2008 stands together as it was typed.
    else if (atoms.length > 1 && this.#index.has(atoms)) this.#push({ said: atoms.join(' '), pieces: atoms, named: [], wider: [] });
    else for (const atom of atoms) this.#latin(atom, run);
  }

  /** A word in letters may be the beginning of one, or pinyin; which has no plural, so it is tried as it was typed too. */
  #latin(word: string, run: Run): void {
    if (this.#isFiller(word)) return;
    const names = this.#index.has([word]) ? [] : [word, run.text].flatMap((one) => (/^[a-z]+$/.test(one) ? this.#index.aloud(one) : []));
    if (names.length === 0) this.#push({ said: word, pieces: [word], named: [], wider: [] });
    else this.#push({ said: word, ...this.#meantBy(names) }, [...new Set(names)].slice(0, MOST_TERMS));
  }

  #meantBy(names: string[]): Wanted {
    const found = names.flatMap((name) => this.#index.lexicon.namesIn(atomsOf(name)));
    const named = new Set(found.flatMap((one) => one.named));
    return { pieces: piecesOf(names[0] ?? ''), named: [...named], wider: found.flatMap((one) => one.wider).filter((id) => !named.has(id)) };
  }

  #isFiller(word: string): boolean {
    if (asking.has(word)) this.unused.push(word);
    return grammar.has(word) || asking.has(word);
  }

  /** Whether a run that no text has is a name with a character wrong: it is then not taken apart. */
  #isSlip(text: string): boolean {
    const { length } = [...text];
    return length > 2 && length <= LONGEST_PART && this.#index.near(text, MOST_TERMS).some((name) => [...name].length === length);
  }

  #han(text: string): void {
    if (this.#isFiller(text)) return;
    // 扳手 ends the name of an instrument that texts call 扭矩扳子.
    const wider = this.#index.has([text]) || [...text].length < 2 ? [] : this.#index.lexicon.endingIn([text]);
    if (wider.length > 0 || (!this.#index.has([text]) && this.#isSlip(text))) {
      this.#push({ said: text, pieces: [text], named: [], wider });
      return;
    }
    const parts = this.#index.has([text]) || [...text].length > LONGEST_SPLIT ? [] : this.#parts([...text]);
    if (parts.length > 1) for (const part of parts) this.#han(part);
    else this.#push({ said: text, pieces: [text], named: [], wider: [] });
  }

  /** A run nothing has as it stands, cut where its beginning is a word; what is none stays together. */
  #parts(characters: string[]): string[] {
    const parts: string[] = [];
    let unknown = '';
    for (let at = 0; at < characters.length; ) {
      let length = Math.min(LONGEST_PART, characters.length - at);
      for (; length > 0; length--) {
        const part = characters.slice(at, at + length).join('');
        if (length === characters.length) continue;
        if (asking.has(part) || grammar.has(part) || (length > 1 && this.#index.has([part]))) break;
      }
      if (length === 0) unknown += characters[at];
      else {
        if (unknown) parts.push(unknown);
        unknown = '';
        parts.push(characters.slice(at, at + length).join(''));
      }
      at += Math.max(1, length);
    }
    if (unknown) parts.push(unknown);
    return parts;
  }

  #push(wanted: Wanted & { said: string }, names: string[] = []): void {
    const { all } = this.#index.hits(wanted);
    this.terms.push({ ...wanted, names, dead: all.every((word) => word === 0) });
  }
}
