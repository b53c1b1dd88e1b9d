import type { MailFacts, MailKind } from '#app/core/mail.server.ts';

/** What a module's letters name, by kind: `LETTERS` of its own tests/integration/<module>/letters.ts. */
export type SampleLetters = { [K in MailKind]?: MailFacts[K] };
