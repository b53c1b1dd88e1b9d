/** Texts of a workbook as they are seen: raised digits, escapes, readings left out. */
import { walk } from './workbook-parts.server.ts';

/** How a run of text, or a whole cell, is set. */
export interface Look {
  raised?: boolean;
  struck?: boolean;
}

const RAISED: Record<string, string> = Object.fromEntries([
  ...[...'0123456789'].map((digit, i) => [digit, '⁰¹²³⁴⁵⁶⁷⁸⁹'[i] as string]),
  ...[...'-−–‐﹣－'].map((dash) => [dash, '⁻']),
  ['+', '⁺'],
]);

/** Digits and signs have raised forms; a raised o or 0 before C or F is a degree (`degreesOf`). */
const raise = (text: string) => [...text].map((character) => RAISED[character] ?? character).join('');

/** A raised o, or a raised zero, before the letter of a temperature scale is the sign of degree. */
const degreesOf = (text: string) => text.replace(/[⁰°]\s?(?=[CFK](?![A-Za-z]))/g, '°');

/** A run of text set raised. */
export const raised = (text: string) => (/^[oº˚]$/.test(text.trim()) ? '°' : raise(text));

/** A whole cell set raised: only what has raised forms. */
export const raisedCell = (text: string) => (/^[\d+\-−–\s]+$/.test(text) ? raise(text) : text);

/** `_x000D_`: how characters XML does not hold are written (ST_Xstring); line ends as one. */
export const unescaped = (text: string) =>
  (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text)
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u000b', '\n');

/** Gathers the text of one `si` or `is` element while its parts go by. */
export class TextRuns {
  #text = '';
  #within = false;
  #readings = 0;
  #look: Look = {};
  #struck = 0;
  #raised = false;

  begin(): void {
    this.#text = '';
    this.#struck = 0;
    this.#raised = false;
    this.#look = {};
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 't') this.#within = true;
    else if (name === 'rPh') this.#readings += 1;
    else if (name === 'r') this.#look = {};
    else readLook(this.#look, name, attributes);
  }

  text(piece: string): void {
    if (!this.#within || this.#readings > 0) return;
    const text = unescaped(piece);
    if (this.#look.struck && text.trim()) this.#struck += 1;
    if (!this.#look.raised) this.#text += text;
    else {
      this.#raised = true;
      this.#text += raised(text);
    }
  }

  close(name: string): void {
    if (name === 't') this.#within = false;
    else if (name === 'rPh') this.#readings -= 1;
    else if (name === 'r') this.#look = {};
  }

  /** The text, and whether any of it is crossed out. */
  end(): { text: string; struck: boolean } {
    return { text: this.#raised ? degreesOf(this.#text) : this.#text, struck: this.#struck > 0 };
  }
}

/** What an element of a font says; `<strike val="0"/>` says no. */
export function readLook(look: Look, name: string, { val }: Readonly<Record<string, string>>): void {
  if (name === 'vertAlign') look.raised = val === 'superscript';
  else if (name === 'strike' || name === 'dstrike') look.struck = val !== '0' && val !== 'false';
}

export interface SharedText {
  text: string;
  struck: boolean;
}

/** Texts that cells point to. */
export function sharedTexts(xml: string | undefined): SharedText[] {
  const texts: SharedText[] = [];
  if (xml === undefined) return texts;
  const runs = new TextRuns();
  walk(xml, {
    open: (name, attributes) => (name === 'si' ? runs.begin() : runs.open(name, attributes)),
    text: (piece) => runs.text(piece),
    close: (name) => {
      if (name === 'si') texts.push(runs.end());
      else runs.close(name);
    },
  });
  return texts;
}
