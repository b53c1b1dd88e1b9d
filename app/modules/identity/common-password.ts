/** Which passwords are tried first by whoever guesses: listed ones, and what people make of them to get a rule over with. */

/** What people here would type first, beside the lists, which know little Chinese and nothing of us. */
const LOCAL = new Set(
  `hengji hengji123456 jiliang biaozhun ceshi jiaozhun woaini woaini1314 woaini520 woaini1314520 woaini5201314 5201314 1314520 5201314520 1314520520
  zhongguo beijing shanghai suzhou shenzhen guangzhou hangzhou nanjing wuhan chengdu chongqing tianjin caonima wangdi wodemima mima mima123 zhangwei
  spring summer autumn winter welcome changeme letmein administrator admin company office test testing default guest temp secret metrology calibration
  1234567890 0123456789 1q2w3e4r 1qaz2wsx qwer asdf zxcv abcd aa a a123 qq`.split(/\s+/),
);

/** Along these a finger or a thought runs without choosing. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '!@#$%^&*()',
];
const RUNS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];

const LOOKALIKES: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };
const plainLetters = (text: string) => [...text].map((letter) => LOOKALIKES[letter] ?? letter).join('');

/** Made of at most two runs of a row: `abcdefghij`, `qwertyuiop12345`, `987654321qwerty`. */
function runsAlong(text: string): boolean {
  const run = (from: number) => {
    let to = from + 1;
    while (to < text.length && RUNS.some((row) => row.includes(text.slice(from, to + 1)))) to++;
    return to;
  };
  const first = run(0);
  return first === text.length || (first >= 3 && text.length - first >= 3 && run(first) === text.length);
}

/** The part that repeats: `abc` of `abcabcabc`; nothing when none does. */
const repeated = (text: string): string | undefined => /^(.+?)\1+$/su.exec(text)?.[1];

/** Ends people hang on a word: a year, a few digits, a mark or two. */
const ENDS = /^(?<front>[\d\P{L}]*)(?<word>.*?)(?<back>[\d\P{L}]*)$/su;
const isCheapEnd = (end: string, listed: (word: string) => boolean): boolean => {
  const digits = end.replace(/\D/g, '');
  const marks = [...end].length - digits.length;
  return marks <= 3 && (digits.length <= 4 || listed(digits) || runsAlong(digits) || repeated(digits) !== undefined);
};

/**
 * @param inList whether a word (lower case) is in the list of common passwords
 * @returns whether the password is one of them, or one with its letters swapped for lookalikes, repeated, run along the keyboard, or
 * given an end such as a year and a mark
 */
export function isCommonPassword(password: string, inList: (word: string) => boolean): boolean {
  const listed = (word: string) => word !== '' && (inList(word) || LOCAL.has(word));
  const common = (text: string): boolean => listed(text) || listed(plainLetters(text)) || runsAlong(text);
  const plain = password.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ');
  const solid = plain.replace(/[\s._-]/gu, '');
  for (const text of new Set([plain, solid])) {
    if (common(text)) return true;
    const unit = repeated(text);
    if (unit !== undefined && ([...unit].length <= 4 || common(unit))) return true;
    const { front = '', word = '', back = '' } = ENDS.exec(text)?.groups ?? {};
    if ([...word].length >= 3 && common(word) && isCheapEnd(front, listed) && isCheapEnd(back, listed)) return true;
    // The first letter itself may be a lookalike: `@dmin12345`.
    if (front.length <= 1 && common(front + word) && isCheapEnd(back, listed)) return true;
  }
  return false;
}
