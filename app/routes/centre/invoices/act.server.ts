import { z } from 'zod';
import type { Actor } from '#app/core/actor.ts';
import { choice, filesIn, given } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { confirmRedLetter } from '#app/modules/invoices/confirm-red-letter.server.ts';
import { checkInvoiceFiles } from '#app/modules/invoices/invoice-file.server.ts';
import { issueForm } from '#app/modules/invoices/issue-form.ts';
import { issueInvoice } from '#app/modules/invoices/issue-invoice.server.ts';
import { issueRedLetter } from '#app/modules/invoices/issue-red-letter.server.ts';
import { markUsed } from '#app/modules/invoices/mark-used.server.ts';
import { raiseAgain, raiseForMistake } from '#app/modules/invoices/raise-red-letter.server.ts';
import { refuseInvoice } from '#app/modules/invoices/refuse-invoice.server.ts';
import { withdrawRedLetter } from '#app/modules/invoices/withdraw-red-letter.server.ts';

const letter = given;
const actForm = z.discriminatedUnion('intent', [
  issueForm.extend({ intent: z.literal('issue'), letter }),
  z.object({ intent: z.literal('refuse'), reason: given }),
  z.object({ intent: choice(['confirm', 'withdraw', 'again', 'used', 'mistake']), letter }),
]);
type Act = z.output<typeof actForm>;

const SAID: Record<Act['intent'], string> = {
  issue: 'issued',
  refuse: 'refused',
  confirm: 'confirmed',
  withdraw: 'red_withdrawn',
  again: 'raised',
  used: 'used',
  mistake: 'raised',
};

/** What a centre does with an invoice or one of its red letters; its page says so afterwards. */
export const actOnInvoice = (services: Services, actor: Actor, number: string, request: Request) =>
  answerForm(request, actForm, async (input, form) => {
    await deed(services, actor, number, input, form);
    services.wake();
    throw redirectTo(`/centre/invoices/${number}?said=${input.intent === 'issue' && input.letter ? 'red_issued' : SAID[input.intent]}`);
  });

async function deed(services: Services, actor: Actor, number: string, input: Act, form: FormData): Promise<void> {
  switch (input.intent) {
    case 'issue': {
      const { intent: _, letter, ...issued } = input;
      const checked = await checkInvoiceFiles(filesIn(form, 'files'), issued.invoiceNumber);
      if ('fault' in checked) throw new Problem('invalid_form', { field: 'files', reason: checked.fault });
      if (letter) return issueRedLetter(services, actor, { number, letter }, { ...issued, ...checked });
      return issueInvoice(services, actor, number, { ...issued, ...checked });
    }
    case 'refuse':
      return refuseInvoice(services, actor, number, input.reason);
    case 'confirm':
      return confirmRedLetter(services, actor, number, input.letter);
    case 'withdraw':
      return withdrawRedLetter(services, actor, number, input.letter);
    case 'again':
      return raiseAgain(services, actor, number, input.letter);
    case 'used':
      return markUsed(services, actor, number);
    case 'mistake':
      return raiseForMistake(services, actor, number);
  }
}
