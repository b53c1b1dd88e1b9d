/** What a firm asks a centre to quote for where nothing on sale answers it, and the answer. */
import type { Module } from '#app/core/module.ts';
import { enquiryLetters } from './letters.ts';

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** To who may answer at the centre. `subject` in the buyer's words; `neededBy` an ISO day or empty. */
    enquiry_received: { buyerZh: string; buyerEn: string; subject: string; quantity: number; neededBy: string; link: string };
    /** To who asked. `priceFrom` gross 分, null when none was named. What was written is not in it. */
    enquiry_answered: { declined: boolean; centreZh: string; centreEn: string; subject: string; priceFrom: number | null; link: string };
  }
}

/** What enquiries tells the composition. */
export const enquiries = { letters: enquiryLetters } as const satisfies Module<object>;
