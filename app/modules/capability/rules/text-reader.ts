/** What readers of ranges and of uncertainties share: numbers with their separators, units with their signs, and what is asked about both. */
import type { Doubts } from './doubts.ts';
import type { Hint } from './instrument-hints.ts';
import { Scanner, type Separators } from './scanner.ts';
import { UNIT_TEXT } from './uncertainty/formula-text.ts';
import type { Unit } from './units/quantities.ts';
import { readSign } from './units/unit-signs.ts';

/** What the text alone does not say. */
export interface TextContext {
  parseUnit(text: string): { ok: true; unit: Unit } | { ok: false };
  doubts: Doubts;
  /** What the words of the row point to. */
  hints?: () => ReadonlySet<Hint>;
  /** How decimals of the file, or of the other numbers of the row, are written. */
  decimal?: 'comma' | 'point' | undefined;
}

const NO_HINTS: ReadonlySet<Hint> = new Set();

/** Words that stand behind a number or a unit and are no part of it. */
const FOLLOWING =
  /^(?:[至到]|及?以[上下]|或|且|时|为|满量程|读数|示值|测量值|式中|其中|取|rdg|F\.?S|f\.s|(?:to|bis|and|or|thru|through|plus|where|with|of|und|oder|reading|indicated|full|whichever|dp|DP|vom|von|des|v|Type|type|bei)$)/;
/** The unit one, where it is written. */
const ONE = /^1(?:\{\})?(?=$|[ )+,;[\]×~])/;
/** `%RH` and its like, and `%/K`: the sign is part of a longer unit. */
const PERCENT_OF = /^%(?:(?:RH|rh|r\.?h\.?|LEL|IACS|[vV]ol|VOL|v\/v|V\/V|mol\/mol|mol|相对湿度)(?![A-Za-z])|\/)/;
/** Chinese words that follow a unit without a space: 25mm至50mm, 500mm以下. */
const GLUED = /(?<=.)(?:至|到|及?以[上下]|或|且|时|为|满量程|读数|示值).*$/;

export class TextReader {
  readonly s: Scanner;
  readonly context: TextContext;
  /** A unit was written as its code, `MPa{absolute}` or `MV{}`: nothing about it is asked. */
  exact = false;

  constructor(text: string, context: TextContext) {
    this.s = new Scanner(text, separatorsOf(context));
    this.context = context;
  }

  /** The text of a unit standing here, without taking it; null where a word or a sign stands. */
  peekUnit(): string | null {
    const text = this.s.peek(ONE) ?? (this.s.peek(UNIT_TEXT)?.replace(GLUED, '') || null);
    if (text === null || FOLLOWING.test(text)) return null;
    // `%FS`, `%rdg`: what it is a share of is no part of the unit.
    return text.startsWith('%') && !text.endsWith('}') && !PERCENT_OF.test(text) ? '%' : text;
  }

  /** The unit a text names. `like`: what it must be comparable with, if it can. */
  unitOf(text: string, like?: Unit): Unit | null {
    const { parseUnit, doubts, hints } = this.context;
    if (text.endsWith('}')) this.exact = true;
    const code = readSign(text, { parseUnit, doubts, hints: hints ?? (() => NO_HINTS) }, like);
    const found = parseUnit(code ?? text);
    return found.ok ? found.unit : null;
  }

  /** The unit standing here, taken; undefined where none does. */
  unitHere(like?: Unit): Unit | undefined {
    const text = this.peekUnit();
    if (text === null) return undefined;
    this.s.skip(text.length);
    // in., ft., hr.: an abbreviation's point.
    if (/(?:in|ft|hr|min|sec)$/.test(text)) this.s.match(/^\.(?![\d\w])/);
    return this.known(text, like);
  }

  known(text: string, like?: Unit): Unit {
    const unit = this.unitOf(text, like);
    if (!unit) throw this.s.fail('unit_unknown', text);
    return unit;
  }
}

function separatorsOf({ doubts, decimal }: TextContext): Separators {
  return {
    decimalComma: (text) =>
      decimal === 'comma' || doubts.ask('comma_decimal', 'comma_decimal|,', ['decimal', 'points'], text) === 'decimal',
    thousands: (text) =>
      decimal
        ? decimal === 'point'
        : doubts.ask('comma_thousands', 'comma_thousands|,', ['thousands', 'decimal'], text, 'reject') === 'thousands',
    pointed: (text) =>
      decimal === 'comma' && doubts.ask('point_thousands', 'point_thousands|.', ['thousands', 'decimal'], text, 'reject') === 'thousands',
  };
}
