/** What the steps of the work are called, by what is handed in, who comes, and what it ends with: for both sides' pages and for letters. */
import type { Locale } from '#app/core/mail.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type Ending, endingOf, type Handover, handoverOf, type Work } from '#app/modules/catalogue/handover.ts';
import type { Progress } from '#db/schema/orders.ts';

type Word = (facts?: Record<string, never>) => string;
type Named = (facts: { service: string; number: string }, options: { locale: Locale }) => string;
type Told = (facts: { centre: string }, options: { locale: Locale }) => string;
type ProgressLetter = { subject: Named; text: Told };

const CAME: Record<Handover, Word> = {
  instruments: m.order_progress_received,
  samples: m.order_progress_received,
  course: m.order_progress_there,
  equipment: m.order_progress_there,
  meeting: m.order_progress_there,
  goods: m.order_progress_packing,
  visit: m.order_progress_there,
  remote: m.order_progress_connected,
};

const ENDED: Partial<Record<Ending, Word>> = {
  result: m.order_progress_result,
  course: m.order_progress_course_over,
  use: m.order_progress_use_over,
  goods: m.order_progress_handed_over,
};

/** The name of a step that is called otherwise for some kinds of work; undefined where the side's own word stands. */
export function workStep(progress: Progress, work: Work): string | undefined {
  if (progress === 'received') return CAME[handoverOf(work)]();
  if (progress === 'reported') return ENDED[endingOf(work)]?.();
  if (progress === 'in_service' && handoverOf(work) === 'goods') return m.order_progress_packing();
  return undefined;
}

const there = { subject: m.order_letter_progress_there_subject, text: m.order_letter_progress_there_text };
const began: ProgressLetter = { subject: m.order_letter_progress_in_service_subject, text: m.order_letter_progress_in_service_text };
const packing: ProgressLetter = { subject: m.order_letter_progress_packing_subject, text: m.order_letter_progress_packing_text };
const CAME_LETTER: Record<Handover, ProgressLetter> = {
  instruments: { subject: m.order_letter_progress_received_subject, text: m.order_letter_progress_received_text },
  samples: { subject: m.order_letter_progress_samples_subject, text: m.order_letter_progress_samples_text },
  course: there,
  equipment: there,
  meeting: there,
  goods: packing,
  visit: began,
  remote: began,
};

const result = { subject: m.order_letter_progress_reported_subject, text: m.order_letter_progress_reported_text };
const ENDED_LETTER: Record<Ending, ProgressLetter> = {
  report: { subject: m.order_letter_progress_report_subject, text: m.order_letter_progress_report_text },
  result,
  course: { subject: m.order_letter_progress_course_subject, text: m.order_letter_progress_course_text },
  use: { subject: m.order_letter_progress_use_subject, text: m.order_letter_progress_use_text },
  goods: { subject: m.order_letter_progress_goods_subject, text: m.order_letter_progress_goods_text },
};

/** What the buyer is written when the work reaches a step. */
export function progressLetter(progress: 'received' | 'in_service' | 'reported' | 'closed', work: Work): ProgressLetter {
  const handover = handoverOf(work);
  switch (progress) {
    case 'received':
      return CAME_LETTER[handover];
    case 'in_service':
      return handover === 'goods' ? packing : began;
    case 'reported':
      return ENDED_LETTER[endingOf(work)];
    case 'closed':
      return { subject: m.order_letter_progress_closed_subject, text: (_, options) => m.order_letter_progress_closed_text({}, options) };
  }
}
