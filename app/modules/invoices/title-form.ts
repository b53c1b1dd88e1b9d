/** What a buyer fills in for a title. A fault is a code; the page has the words. */
import { z } from 'zod';
import { choice } from '#app/core/form.ts';
import { canonicalEmail } from '#app/modules/identity/email-address.ts';
import { normalTaxId, type TaxIdFault, taxIdFault } from './tax-id.ts';

type TitleFault = 'required' | 'too_long' | 'characters' | 'email' | 'account' | `tax_id_${TaxIdFault}`;
const fault = (code: TitleFault) => ({ error: code });

/** What the form of the tax authority holds of a name, and of an address or a bank. */
const LONGEST = 100;
/** RFC 5321, 4.5.3.1.3. */
const LONGEST_EMAIL = 254;
/** Control characters and the marks that turn the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

const line = z
  .string()
  .trim()
  .max(LONGEST, fault('too_long'))
  .refine((text) => !UNPRINTABLE.test(text), fault('characters'));
const maybe = line.default('');

export const titleForm = z.object({
  kind: choice(['ordinary', 'special']),
  name: z.string(fault('required')).pipe(line.min(1, fault('required'))),
  taxId: z.string(fault('required')).transform((typed, context) => {
    const code = normalTaxId(typed);
    const wrong = code === '' ? 'required' : taxIdFault(code);
    if (!wrong) return code;
    context.addIssue({ code: 'custom', message: (wrong === 'required' ? wrong : `tax_id_${wrong}`) satisfies TitleFault });
    return z.NEVER;
  }),
  email: z.string(fault('required')).transform((typed, context) => {
    const address = canonicalEmail(typed);
    if (address !== null && address.length <= LONGEST_EMAIL) return address;
    context.addIssue({ code: 'custom', message: (typed.trim() === '' ? 'required' : 'email') satisfies TitleFault });
    return z.NEVER;
  }),
  address: maybe,
  phone: maybe,
  bank: maybe,
  /** Written in groups of four by most people, kept without the spaces. */
  account: z
    .string()
    .default('')
    .transform((typed) => typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, ''))
    .refine((digits) => /^\d{0,34}$/.test(digits), fault('account')),
});
export type TitleInput = z.output<typeof titleForm>;
