/** Why an offer fits a need, or what is missing and how to ask for less: the codes of matching in words. */

import { currentLocale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { splitDesignation } from '#app/modules/capability/rules/designation.ts';
import { fixedDigits, roundUncertainty, shortened } from '#app/modules/capability/rules/rounding.ts';
import { COMPARED_K } from '#app/modules/capability/rules/uncertainty/coverage-factor.ts';
import { formatNumber } from '#app/modules/capability/rules/units/quantities.ts';
import { readableAmount, readableSpan } from '#app/modules/capability/rules/units/readable-amount.ts';
import type { OfferMatch } from '#app/modules/capability/search/find-matches.ts';
import type { Amount, Reason, RequiredAmount, Span } from '#app/modules/capability/search/match-reasons.ts';
import { type NeedText, needParams } from '#app/modules/catalogue/need-fields.ts';
import { coverageText } from './uncertainty-words.ts';
import { amountText, parameterName, spanText } from './words.ts';

export type Why = { tone: 'ok' | 'miss' | 'note'; text: string; relax?: { to: string; text: string } };

/** Times a requirement is missed from which saying "3.2 times" is plainer than the difference. */
const SAID_AS_TIMES = 3;

/** What is covered, short, and never more than it is; what is missing, never less. */
const inside = ({ min, max, unit }: Span): Span => ({ min: shortened(min, 'up'), max: shortened(max, 'down'), unit });
const outside = ({ min, max, unit }: Span): Span => ({ min: shortened(min, 'down'), max: shortened(max, 'up'), unit });

/** Converted numbers as people read them. */
const shown = (amount: Amount): string => amountText(readableAmount(amount));

function shownSpan(span: Span): string {
  const { min, max } = readableSpan(span);
  if (span.min === span.max) return shown({ value: span.max, unit: span.unit });
  return min.unit === max.unit ? spanText({ min: min.value, max: max.value, unit: max.unit }) : `${amountText(min)}–${amountText(max)}`;
}

const spans = (all: Span[]) => all.map(shownSpan).join(currentLocale() === 'en' ? ', ' : '、');

/** U as reports state it: two significant digits, never understated. */
export function uText({ value, unit }: { value: number; unit: string }): string {
  if (!(value > 0) || !Number.isFinite(value)) return amountText({ value, unit });
  return shown({ value: Number(fixedDigits(roundUncertainty(value))), unit });
}

/** A third of an error is no round number. */
const REQUIRED_DIGITS = 4;
export const requiredText = ({ value, unit }: { value: number; unit: string }): string =>
  shown({ value: Number(value.toPrecision(REQUIRED_DIGITS)), unit });

/** What the need states, with its k, and what that is at the k everything is compared at. */
const askedText = (required: RequiredAmount): string =>
  required.stated
    ? m.capability_required_stated({
        required: requiredText({ value: required.stated.value, unit: required.unit }),
        coverage: coverageText(required.stated),
        compared: requiredText(required),
      })
    : requiredText(required);

/** As the centre states it, to three digits where it is worked out. */
const STATED_DIGITS = 3;
const statedText = ({ value, unit }: Amount): string => shown({ value: Number(value.toPrecision(STATED_DIGITS)), unit });

export function whyOf(match: OfferMatch, text: NeedText): Why[] {
  const out = match.reasons.map((reason) => said(reason, text));
  if (match.capabilityIds.length > 1 && !match.reasons.some(({ code }) => code === 'range_short'))
    out.splice(1, 0, { tone: 'ok', text: m.capability_why_union({ count: match.capabilityIds.length }) });
  if (match.alternatives > 0 && match.verdict === 'fits')
    out.push({ tone: 'note', text: m.capability_why_alternatives({ count: match.alternatives }) });
  return out;
}

/** The worst U is called that; one stated as a share of the reading stays a share. */
function bestText({ u, at, share, over }: Extract<Reason, { code: 'u_best' }>): string {
  const said = { u: uText(u), factor: COMPARED_K, at: shown(at) };
  if (share !== null) return m.capability_why_u_share({ ...said, share: uText({ value: share, unit: '%' }) });
  if (over === 'everywhere') return m.capability_why_u_everywhere(said);
  return over === 'point' ? m.capability_why_u_point(said) : m.capability_why_u_worst(said);
}

const ok = (text: string): Why => ({ tone: 'ok', text });
const miss = (text: string, relax?: Why['relax']): Why => (relax ? { tone: 'miss', text, relax } : { tone: 'miss', text });
const note = (text: string): Why => ({ tone: 'note', text });

const OTHER_PRESSURE = { absolute: m.capability_why_absolute_pressure, gauge: m.capability_why_gauge_pressure };

function said(reason: Reason, text: NeedText): Why {
  switch (reason.code) {
    case 'covers':
      return ok(
        reason.asked.length > 0
          ? m.capability_why_covers({ has: spans(reason.has.map(inside)), asked: spans(reason.asked) })
          : m.capability_why_range({ has: spans(reason.has.map(inside)) }),
      );
    case 'range_short':
      return miss(
        m.capability_why_range_short({ has: spans(reason.has.map(inside)), missing: spans(reason.missing.map(outside)) }),
        narrower(reason, text),
      );
    case 'range_not_stated':
      return note(m.capability_why_range_not_stated());
    case 'other_pressure':
      return miss(OTHER_PRESSURE[reason.reference]({ has: spans(reason.has) }));
    case 'u_best':
      return ok(bestText(reason));
    case 'u_within':
      return ok(m.capability_why_u_within({ u: uText(reason.u), factor: COMPARED_K, required: askedText(reason.required) }));
    case 'u_too_large':
      return miss(tooLarge(reason), looser(reason, text));
    case 'u_stated':
      return note(m.capability_why_u_stated({ stated: statedText(reason.stated), coverage: coverageText(reason), u: uText(reason.u) }));
    case 'u_unbounded':
      return miss(m.capability_why_u_unbounded({ required: askedText(reason.required) }));
    case 'u_span_open':
      return note(
        m.capability_why_u_span_open({
          share: uText({ value: reason.share, unit: '%' }),
          plus: plusText(reason.plus),
          u: uText(reason.u),
          asked: shown(reason.asked),
          own: uText(reason.own),
          span: shown(reason.span),
          required: askedText(reason.required),
        }),
      );
    case 'u_not_comparable':
      return note(m.capability_why_u_not_comparable({ u: uText(reason.u) }));
    case 'tur':
      return (reason.tur >= reason.asked ? ok : miss)(m.capability_why_tur({ tur: ratioText(reason.tur), asked: ratioText(reason.asked) }));
    case 'designation_same':
      return ok(m.capability_why_designation_same({ has: reason.has }));
    case 'designation_other': {
      const rest = splitDesignation(text.item)?.rest;
      const words = m.capability_why_designation_other(reason);
      return miss(
        words,
        rest ? { to: address(text, { item: rest }), text: m.capability_relax_designation({ asked: reason.asked }) } : undefined,
      );
    }
    case 'designation_unclear':
      return note(reason.has === '' ? m.capability_why_designation_unstated(reason) : m.capability_why_designation_unclear(reason));
    case 'designation_assumed':
      return note(m.capability_why_designation_assumed({ has: reason.has }));
    case 'parameter_inside':
      return ok(m.capability_why_parameter_inside({ name: parameterName(reason.parameter), asked: shownSpan(reason.asked) }));
    case 'parameter_outside':
      return miss(
        m.capability_why_parameter_outside({
          name: parameterName(reason.parameter),
          has: spans(reason.has),
          asked: shownSpan(reason.asked),
        }),
        { to: address(text, { pmin: '', pmax: '', punit: '' }), text: m.capability_relax_parameter() },
      );
    case 'parameter_not_stated':
      return note(m.capability_why_parameter_not_stated({ name: parameterName(reason.parameter), asked: shownSpan(reason.asked) }));
    case 'parameter_assumed':
      return note(m.capability_why_parameter_assumed({ name: parameterName(reason.parameter), has: shownSpan(reason.has) }));
    case 'rows_conflict':
      return note(m.capability_why_rows_conflict({ on: shownSpan(reason.on) }));
    case 'conditions_mixed':
      return note(m.capability_why_conditions_mixed({ conditions: reason.conditions.filter(Boolean).join(' / ') }));
    case 'accreditation_expired':
      return note(m.capability_why_accreditation_expired());
    case 'class_not_judged':
      return note(m.capability_why_class_not_judged(reason));
  }
}

/** One decimal, down: a ratio of 3.99 is no 4. */
const ratioText = (ratio: number) => formatNumber(ratio >= 100 ? Math.floor(ratio) : Math.floor(ratio * 10 + 1e-9) / 10);

function tooLarge({ u, required, excess }: Extract<Reason, { code: 'u_too_large' }>): string {
  if (excess >= SAID_AS_TIMES)
    return m.capability_why_u_too_large_times({ u: uText(u), required: askedText(required), times: ratioText(excess) });
  return m.capability_why_u_too_large({ u: uText(u), excess: uText({ value: u.value - required.value, unit: u.unit }) });
}

const address = (text: NeedText, change: Partial<NeedText>) => `/match?${needParams(text, change)}`;

/** The same need with the U that this offer reaches; one given by MPE and ratio becomes one by U. */
function looser({ relaxTo }: Extract<Reason, { code: 'u_too_large' }>, text: NeedText): Why['relax'] {
  const change = { by: 'u', limit: String(relaxTo.value), lunit: relaxTo.unit, k: '' };
  return { to: address(text, change), text: m.capability_relax_u({ u: amountText(relaxTo) }) };
}

/** The part of the asked range that the offer covers, when it is one piece. */
function narrower({ asked, has }: Extract<Reason, { code: 'range_short' }>, text: NeedText): Why['relax'] | undefined {
  const [input] = asked;
  const [own] = has;
  if (!input || !own || asked.length > 1 || has.length > 1) return undefined;
  const { min, max } = inside({ min: Math.max(input.min, own.min), max: Math.min(input.max, own.max), unit: input.unit });
  if (!(min < max)) return undefined;
  const change = { min: String(min), max: String(max), unit: input.unit };
  return { to: address(text, change), text: m.capability_relax_range({ range: spanText({ min, max, unit: input.unit }) }) };
}

/** `+ 1 kPa`, `+ 读数的 0.02 %`, beside a share of the full scale. */
function plusText(plus: Extract<Reason, { code: 'u_span_open' }>['plus']): string {
  if (!plus) return '';
  return plus.ofReading ? m.capability_plus_reading({ share: uText(plus) }) : ` + ${uText(plus)}`;
}
