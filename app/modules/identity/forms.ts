/** What people fill in: one schema for the browser and the server. An error is a code; the page says it in words. */
import { z } from 'zod';
import type { Role } from '#db/schema/identity.ts';
import { canonicalEmail } from './email-address.ts';
import { LONGEST_PASSKEY_NAME } from './passkey-rules.ts';
import { LONGEST_PASSWORD, passwordFault } from './password-rules.ts';
import { ORGANISATION_KINDS } from './roles.ts';

export type FieldFault =
  | 'required'
  | 'email'
  | 'too_long'
  | 'characters'
  | 'choose'
  | 'password_short'
  | 'password_long'
  | 'password_is_email'
  | 'password_common'
  | 'agree';
const fault = (code: FieldFault) => ({ error: code });

/** Control characters and the marks that turn the direction of the text around them: a name never needs them, forged mail does. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

const line = (longest: number) =>
  z
    .string(fault('required'))
    .trim()
    .min(1, fault('required'))
    .max(longest, fault('too_long'))
    .refine((text) => !UNPRINTABLE.test(text), fault('characters'));

/** RFC 5321, 4.5.3.1.3. */
const LONGEST_ADDRESS = 254;
/** As it is stored. */
const email = z
  .string(fault('required'))
  .trim()
  .max(LONGEST_ADDRESS, fault('too_long'))
  .transform((text, context) => {
    const address = canonicalEmail(text);
    if (address !== null && address.length <= LONGEST_ADDRESS) return address;
    context.addIssue({ code: 'custom', message: (address === null ? 'email' : 'too_long') satisfies FieldFault });
    return z.NEVER;
  });
const locale = z.enum(['zh-CN', 'en'], fault('choose'));
/** A password that exists already: only bounded, never judged. */
const givenPassword = z.string(fault('required')).max(LONGEST_PASSWORD, fault('password_long'));

const newPassword = z.string(fault('required')).superRefine((password, context) => {
  const wrong = passwordFault(password);
  if (wrong) context.addIssue({ code: 'custom', message: wrong });
});
const notTheEmail = (form: { email: string; password: string }, context: z.RefinementCtx) => {
  if (passwordFault(form.password, form.email) === 'password_is_email')
    context.addIssue({ code: 'custom', path: ['password'], message: 'password_is_email' satisfies FieldFault });
};

export const signUpForm = z
  .object({
    /** Ticked where there are terms to agree to; whether there are is for the use case to say. */
    agrees: z.string().optional(),
    name: line(100),
    email,
    password: newPassword,
    kind: z.enum(ORGANISATION_KINDS, fault('choose')),
    nameZh: line(200),
    /** May stay empty: then the Chinese name serves in both languages. */
    nameEn: line(200).optional(),
    city: line(60),
  })
  .superRefine(notTheEmail);
export type SignUpForm = z.output<typeof signUpForm>;

export const signInForm = z.object({ email, password: givenPassword });
export type SignInForm = z.output<typeof signInForm>;

export const codeForm = z.object({ code: line(40) });
/** The answer is a code, or what the browser made of a passkey: one of them is there, which the route looks at. */
const deviceAnswer = z.string().max(50_000).optional();
export const answerForm = z.object({ code: line(40).optional(), passkey: deviceAnswer });
/** `which`: the id of the passkey it is about, where it is about one. */
export const changeForm = answerForm.extend({ which: z.string().max(200).optional() });
export const setUpForm = codeForm.extend({ recovery: line(40).optional(), passkey: deviceAnswer });
export const passkeyForm = answerForm.extend({ name: line(LONGEST_PASSKEY_NAME), made: deviceAnswer });
export const emailForm = z.object({ email });
export const confirmForm = z.object({ password: givenPassword });
export const resetForm = z.object({ password: newPassword });
export const joinForm = z.object({
  /** As in `signUpForm`. */
  agrees: z.string().optional(),
  name: line(100),
  password: newPassword,
});
export type JoinForm = z.output<typeof joinForm>;

export const profileForm = z.object({ name: line(100), locale });
export type ProfileForm = z.output<typeof profileForm>;
export const changePasswordForm = z.object({ current: givenPassword, password: newPassword });
export type ChangePasswordForm = z.output<typeof changePasswordForm>;

/** Whether the role fits the organisation is the use case's to say: it knows the organisation's kind. */
const role = z.enum(
  ['owner', 'member', 'manager', 'scheduler', 'technician', 'signatory', 'finance', 'administrator'] as const satisfies readonly Role[],
  fault('choose'),
);
export const inviteForm = z.object({ email, role });
export type InviteForm = z.output<typeof inviteForm>;
export const roleForm = z.object({ role });
