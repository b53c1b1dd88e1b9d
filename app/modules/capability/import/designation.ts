/** What stands beside the numbers of a range: class, type, size or characteristic (K, E2, Ra, Pt100), the quantity's name, words. */

/** Classes, types and sizes, as scopes print them. */
const CLASS = [
  /^(?:Pt|PT|Cu|Ni)\s?\d{2,4}(?![\d.])/,
  /^(?:[Cc]lass|CLASS|Klasse|[Gg]rade)\s?[A-Z0-9.]{1,4}(?:\s?(?:and|to|und|bis|~|-|\/|&)\s?[A-Z0-9.]{1,4})?(?![\w.])/,
  /^[EFM]\d{1,3}(?:\s?[~\-/,]\s?[EFM]\d{1,3}){0,5}(?:\s?(?:等级|级|等))?(?![\w.])/,
  /^[EF]\d(?:\s?(?:等级|级|等))/,
  /^(?:[Tt]ype|TYPE|Typ)\s?[A-Z](?:\s?[,/&]\s?[A-Z]){0,8}(?:\s[Tt]hermocouples?)?(?![\w])/,
  /^[A-Z](?:\s?[/,&]\s?[A-Z]){0,8}\s?型(?:热电偶|热电阻)?/,
  /^R(?:a|q|z|t|p|v|Sm|max|y)(?![A-Za-z])/,
  /^[一二三四五]等(?:标准)?/,
  /^\d(?:\.\d{1,3})?\s?级/,
  /^(?:DN|NPS)\s?\d{1,4}(?![\d.])/,
];
/** The name of the quantity before a colon, or of the variable before an equals sign. */
const LABEL = /^[\p{L}][\p{L}\d /&-]{0,30}?\s?:\s?(?=[\d(±+\-.φ<≤]|$)/u;
const VARIABLE = /^[A-Za-zφθ][a-z0-9]?\s?[=:]\s?(?=[\d(±+\-.φ])/;
/** Kinds of electricity; what is measured, in Chinese, straight before the numbers. */
const CURRENT = /^(?:DC|AC|dc|ac|DCV|ACV|DCI|ACI|直流|交流)(?:\s?(?:voltage|current|电压|电流|电阻|功率))?\s?:?\s?(?=[\d(±+\-.])/;
const CHINESE = /^(?!从|自|不|至|最|大于|小于|约|在|由|高于|低于|超过|≥)[\u4e00-\u9fff]{1,12}\s?(?=[\d(±+\-.φ])/;
/** `DC~500 MHz`: the lower end of a band. */
export const FROM_DC = /^(?:DC|dc|直流)(?=\s?(?:~|to(?![a-z])|至|到|bis(?![a-z])|-))/;
/** `X,Y:` of a machine's axes. */
const AXES = /^[A-Z](?:\s?[,/]\s?[A-Z]){1,3}\s?(?:轴|axis|axes)?\s?:\s?(?=[\d(±+\-.φ])/;
/** `3×(57.7~380) V`: of three phases. */
const PHASES = /^3\s?×\s?(?=\()/;
/** `(5~1000) A/5 A`: the other side of a transformer. */
const OTHER_SIDE = /^\/\s?\(?\d{1,4}(?:\.\d{1,3})?(?:\s?[,/]\s?\d{1,4}){0,3}\)?\s?[kmuµμ]?[AV](?![A-Za-z0-9])/;
/** Words before the numbers, which a person looks at. */
const ENGLISH =
  /^(?!(?:from|von|between|zwischen|up|to|bis|max|min|over|above|below|under|less|more|greater|über|ab|unter|at)\b)[A-Za-zäöüÄÖÜß][A-Za-zäöüÄÖÜß /-]{1,40}?,?\s?(?=[\d(±+\-.φ])/i;

/** Words that end a range, such as `diameter`, 直径; never those that would open it: `or more`, 以上. */
const ENDING =
  /^(?!(?:and|or|und|oder|plus|up|above|over|below|under|more|less|greater|smaller|max|min|to|bis|thru|through|per|x)\b|[以及起或至到])[\p{Script=Latin}\p{Script=Han}][\p{Script=Latin}\p{Script=Han} /-]{1,40}$/iu;

export const DIAMETER = /^φ\s?/;

export interface Beside {
  /** Characters it takes. */
  length: number;
  text: string;
  /** Words nobody has a rule for. */
  asked: boolean;
}

const trimmed = (text: string) => text.replace(/[\s:,]+$/, '').trim();

/** A class, type or size at the beginning of a text. */
export function classAt(text: string): Beside | undefined {
  for (const pattern of CLASS) {
    const found = pattern.exec(text)?.[0];
    if (found) return { length: found.length, text: trimmed(found), asked: false };
  }
  return undefined;
}

/** What stands before the numbers. */
export function before(text: string): Beside | undefined {
  const known = classAt(text);
  if (known) {
    const gap = /^\s?[:,]?\s?/.exec(text.slice(known.length))?.[0].length ?? 0;
    return { ...known, length: known.length + gap };
  }
  if (FROM_DC.test(text)) return undefined;
  const axes = AXES.exec(text)?.[0];
  if (axes) return { length: axes.length, text: trimmed(axes), asked: false };
  const phases = PHASES.exec(text)?.[0];
  if (phases) return { length: phases.length, text: '3×', asked: true };
  const variable = VARIABLE.exec(text)?.[0] ?? DIAMETER.exec(text)?.[0];
  if (variable) return { length: variable.length, text: '', asked: false };
  const named = (LABEL.exec(text) ?? CURRENT.exec(text) ?? CHINESE.exec(text))?.[0];
  if (named) return { length: named.length, text: trimmed(named), asked: false };
  // `Blade length to 300 mm`: the last word belongs to the number.
  const words = ENGLISH.exec(text)?.[0].replace(/(?<=\s)(?:up\s+)?(?:to|bis)\s*$/i, '');
  return words ? { length: words.length, text: trimmed(words), asked: true } : undefined;
}

/** `(outside)`, `(K型)`, `K型`, `dp` behind the numbers; undefined where parameters stand. */
export function behind(text: string): Beside | undefined {
  const [all, inside] = /^[([]\s?([^()[\]]{1,40}?)\s?[)\]]/.exec(text) ?? [];
  if (all !== undefined && inside !== undefined) {
    const known = classAt(inside);
    if (known && known.length === inside.length) return { length: all.length, text: inside, asked: false };
    return /\d/.test(inside) ? undefined : { length: all.length, text: inside, asked: true };
  }
  const side = OTHER_SIDE.exec(text)?.[0];
  if (side) return { length: side.length, text: side, asked: true };
  const point = /^(?:dp|DP|Td|dew ?point)(?![A-Za-z])/.exec(text)?.[0];
  if (point) return { length: point.length, text: point, asked: false };
  const current = /^(?:DC|AC|直流|交流)(?![A-Za-z])/.exec(text)?.[0];
  if (current) return { length: current.length, text: current, asked: false };
  const known = classAt(text);
  if (known) return known;
  const words = ENDING.exec(text)?.[0];
  return words ? { length: words.length, text: trimmed(words), asked: true } : undefined;
}
