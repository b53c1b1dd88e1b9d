/**
 * What a text leaves open while it is read. A question that was answered gives the answer; one that was not gives its first choice, as the
 * reading shown (`review`), or only so that the rest of the text is read and every question of it is known (`reject`: there is no reading yet).
 */
import { type Answers, CONFIRMED, unanswered } from '../import/decisions.ts';

export type DoubtCode =
  | 'percent_without_rel'
  | 'relative_on_offset_scale'
  | 'share_of_scale'
  | 'level_share'
  | 'level_slope'
  | 'of_range'
  | 'u_over_range'
  | 'u_at_most'
  | 'greater_of'
  | 'percent_lost'
  | 'variable_unit'
  | 'variable_meant'
  | 'unit_sign'
  | 'absolute_pressure'
  | 'peak_to_peak'
  | 'gas_reference'
  | 'comma_decimal'
  | 'comma_thousands'
  | 'point_thousands'
  | 'points_listed'
  | 'size_by_sides'
  | 'thread_size'
  | 'words_as_condition'
  | 'cells_by_comma'
  | 'lower_bound_assumed'
  | 'point_assumed'
  | 'k_distribution'
  | 'k_of_level'
  | 'k_of_u';

export interface Doubt {
  code: DoubtCode;
  /** Known by in answers: the same doubt in many rows has the same key. */
  key: string;
  choices: readonly string[];
  weight: 'review' | 'reject';
  found: string;
}

export class Doubts {
  readonly all: Doubt[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers = unanswered) {
    this.#answers = answers;
  }

  /** The answer; while there is none, the first choice. */
  ask(code: DoubtCode, key: string, choices: readonly [string, ...string[]], found: string, weight: Doubt['weight'] = 'review'): string {
    if (!this.all.some((known) => known.code === code && known.key === key)) this.all.push({ code, key, choices, weight, found });
    const answer = this.#answers(key);
    return answer !== undefined && choices.includes(answer) ? answer : choices[0];
  }

  answerTo(key: string): string | undefined {
    return this.#answers(key);
  }

  /** Asks whether what was understood is right. */
  confirm(code: DoubtCode, key: string, found: string): void {
    this.ask(code, key, [CONFIRMED], found);
  }
}
