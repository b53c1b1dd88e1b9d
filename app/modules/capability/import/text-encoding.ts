/**
 * The encoding of a text of unknown making, told by evidence: what its bytes would be in each. Texts of two bytes a character are told from
 * Western ones by whether such characters stand together, as Chinese does, or alone between Latin ones (`25 °C ± 0,5`).
 */
export interface Decoded {
  text: string;
  encoding: string;
  /** Lines with bytes that are no character in it, counted from 1; they hold U+FFFD. */
  brokenLines: number[];
}

/** So many lines are named. */
const MOST_NAMED = 20;

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, i) => bytes[i] === byte);

/** @returns undefined when it is no text in any encoding known here */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return whole(bytes, 'utf-16le');
  if (startsWith(bytes, 0xfe, 0xff)) return whole(bytes, 'utf-16be');
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decoded(bytes, 'utf-8');
  const zeros = zerosOf(bytes);
  if (zeros) {
    const read = whole(bytes, zeros);
    return read && read.brokenLines.length === 0 ? read : undefined;
  }
  if (bytes.includes(0)) return undefined;
  const utf8 = utf8Evidence(bytes);
  if (utf8.wrong === 0) return decoded(bytes, 'utf-8');
  // A few wrong bytes among many right characters: the file was cut or mended badly, it is not another encoding.
  if (utf8.right >= utf8.wrong * 3 || utf8.cut) return decoded(bytes, 'utf-8');
  const encoding = otherEncoding(bytes);
  return encoding === undefined ? undefined : decoded(bytes, encoding);
}

function decoded(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, brokenLines: brokenLines(text) };
}

/** Two bytes each from the beginning: one too many at the end, or a half character, is said; a zero is no text. */
function whole(bytes: Uint8Array, encoding: string): Decoded | undefined {
  const read = decoded(bytes, encoding);
  return read.text.includes('\u0000') ? undefined : read;
}

function brokenLines(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1 && lines.length < MOST_NAMED; at = text.indexOf('\ufffd', at + 1)) {
    for (; from < at; from += 1) if (text.charCodeAt(from) === 10) line += 1;
    if (lines.at(-1) !== line) lines.push(line);
  }
  return lines;
}

/** Every other byte of Latin text in UTF-16 is zero. */
function zerosOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 400);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 1) {
    if (bytes[i] !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > length / 8 && even < odd / 8) return 'utf-16le';
  return even > length / 8 && odd < even / 8 ? 'utf-16be' : undefined;
}

interface Utf8Evidence {
  /** Characters of several bytes that are whole. */
  right: number;
  wrong: number;
  /** The only wrong place is the end, within a character. */
  cut: boolean;
}

function utf8Evidence(bytes: Uint8Array): Utf8Evidence {
  let right = 0;
  let wrong = 0;
  let cut = false;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number;
    if (lead < 0x80) {
      i += 1;
      continue;
    }
    const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    let have = length > 0 ? 1 : 0;
    while (have < length && have > 0 && ((bytes[i + have] ?? 0) & 0xc0) === 0x80) have += 1;
    if (length > 0 && have === length) right += 1;
    else {
      wrong += 1;
      // µ, °, ± and accents begin with C2 or C3; a lone letter such as é is Windows' own.
      cut = wrong === 1 && length > 0 && i + have >= bytes.length && (have > 1 || lead <= 0xc3);
    }
    i += Math.max(1, have);
  }
  return { right, wrong, cut: cut && wrong === 1 };
}

/** What Windows-1252 has that scopes of Europe use: letters, signs of measures, quotation marks and dashes. */
const WESTERN = new Set<number>([
  ...[...'€‚„…‰‹‘’“”•–—™›'].map((c) => windows1252(c)),
  ...[...' §©«°±²³µ·¹º»¼½¾×÷ø'].map((c) => c.charCodeAt(0)),
  ...[...'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöùúûü'].map((c) => c.charCodeAt(0)),
]);

function windows1252(character: string): number {
  for (let byte = 0x80; byte < 0xa0; byte += 1) if (new TextDecoder('windows-1252').decode(Uint8Array.of(byte)) === character) return byte;
  return -1;
}

/** Bytes looked at: the beginning shows what the rest is. */
const LOOKED_AT = 1024 * 1024;

function otherEncoding(all: Uint8Array): string | undefined {
  const bytes = all.subarray(0, LOOKED_AT);
  let high = 0;
  let strange = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    high += 1;
    if (!WESTERN.has(byte)) strange += 1;
  }
  const gb = pairEvidence(
    bytes,
    (lead, trail) => lead >= 0x81 && lead <= 0xfe && ((trail >= 0x40 && trail < 0x7f) || (trail >= 0x80 && trail <= 0xfe)),
  );
  // Big5 has half its characters with a second byte below 80; Chinese of the mainland has none in daily use.
  const big5 = gb.together > 0 && gb.low > (gb.together + gb.alone) * 0.12;
  const chinese = gb.together * 2 + gb.signs > (gb.alone - gb.signs + gb.wrong) * 2;
  const western = strange <= high * 0.02;
  if (chinese && !(western && gb.together < gb.alone)) {
    const encoding = big5 ? 'big5' : 'gb18030';
    const wrong = [...new TextDecoder(encoding).decode(bytes)].filter((c) => c === '\ufffd').length;
    if (wrong <= 1 + (gb.together + gb.alone) * 0.02) return encoding;
  }
  return western ? 'windows-1252' : undefined;
}

interface PairEvidence {
  /** Characters of two bytes next to another such one. */
  together: number;
  /** Between Latin ones. */
  alone: number;
  /** Of those alone, signs of measures and Greek letters (lead A1 to A9). */
  signs: number;
  /** With a second byte below 80. */
  low: number;
  wrong: number;
}

function pairEvidence(bytes: Uint8Array, isPair: (lead: number, trail: number) => boolean): PairEvidence {
  const found = { together: 0, alone: 0, signs: 0, low: 0, wrong: 0 };
  for (let i = 0; i < bytes.length; ) {
    if ((bytes[i] as number) < 0x80) {
      i += 1;
      continue;
    }
    // A run of such characters one after the other.
    let count = 0;
    let signs = 0;
    while (i + 1 < bytes.length && isPair(bytes[i] as number, bytes[i + 1] as number)) {
      count += 1;
      if ((bytes[i + 1] as number) < 0x80) found.low += 1;
      else if ((bytes[i] as number) >= 0xa1 && (bytes[i] as number) <= 0xa9) signs += 1;
      i += 2;
    }
    if (count > 1) found.together += count;
    else if (count === 1) {
      found.alone += 1;
      found.signs += signs;
    }
    if (i < bytes.length && (bytes[i] as number) >= 0x80) {
      found.wrong += 1;
      i += 1;
    }
  }
  return found;
}
