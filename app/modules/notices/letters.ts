/** A letter for every kind of mail: leaving one out does not compile. */
import type { Locale, MailFacts, MailKind } from '#app/core/mail.server.ts';
import { accountLetters } from './account-letters.ts';
import { centreLetters } from './centre-letters.ts';
import { demandLetters } from './demand-letters.ts';
import type { Letter } from './letter.ts';
import { orderLetters } from './order-letters.ts';
import { proofLetters } from './proof-letters.ts';
import { slotLetters } from './slot-letters.ts';

/** `url` makes the whole address of a path of the site, in the reader's language. */
export type LetterContext = { locale: Locale; url: (path: string) => string };
export type Letters<K extends MailKind> = { [P in K]: (facts: MailFacts[P], context: LetterContext) => Letter };

export const letters: Letters<MailKind> = {
  ...accountLetters,
  ...orderLetters,
  ...slotLetters,
  ...centreLetters,
  ...proofLetters,
  ...demandLetters,
};
