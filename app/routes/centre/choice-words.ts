/** What the answers to a question are called. */
import * as m from '#app/i18n/paraglide/messages.js';
import { CONFIRMED } from '#app/modules/capability/import/decisions.ts';
import type { Note } from '#app/modules/capability/import/judge-row.ts';

export const choiceText = (_note: Note, choice: string): string => (choice === CONFIRMED ? m.workbench_choice_yes() : choice);
