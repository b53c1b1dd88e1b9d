/**
 * The modules of the product: the one list a new module is added to. What each of them is and brings is in its own module.ts. A module looks
 * at core and at the modules before it in MODULES, never at one after it: tests/support/module-order.cjs reads the order from here.
 */
import type { Tell } from '#app/core/hooks.ts';
import type { Letters } from '#app/core/letter.ts';
import type { MailKind } from '#app/core/mail.server.ts';
import type { Module, Task } from '#app/core/module.ts';
import type { Handlers } from '#app/core/outbox.server.ts';
import { capability } from '#app/modules/capability/module.ts';
import { catalogue } from '#app/modules/catalogue/module.ts';
import { centres } from '#app/modules/centres/module.ts';
import { enquiries } from '#app/modules/enquiries/module.ts';
import { identity } from '#app/modules/identity/module.ts';
import { invoices } from '#app/modules/invoices/module.ts';
import { jobs } from '#app/modules/jobs/module.ts';
import { legal } from '#app/modules/legal/module.ts';
import { messages } from '#app/modules/messages/module.ts';
import { notices } from '#app/modules/notices/module.ts';
import { orders } from '#app/modules/orders/module.ts';
import { parks } from '#app/modules/parks/module.ts';
import { payments } from '#app/modules/payments/module.ts';
import { scheduling } from '#app/modules/scheduling/module.ts';
import type { Services } from './services.server.ts';

const MODULES = [
  identity,
  legal,
  centres,
  capability,
  catalogue,
  scheduling,
  orders,
  payments,
  invoices,
  jobs,
  enquiries,
  messages,
  parks,
  notices,
] as const;

const modules: readonly Module<Services>[] = MODULES;

type Told<M, Part extends string> = M extends { [P in Part]: infer T } ? T : never;
type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never;

/** The meaning of every problem of a module; one code is one module's. */
export const moduleProblems = Object.assign({}, ...modules.map(({ problems }) => problems)) as Together<
  Told<(typeof MODULES)[number], 'problems'>
>;

/** A letter for every kind of mail: leaving one out does not compile. */
export const moduleLetters: Letters<MailKind> = Object.assign({}, ...modules.map(({ letters }) => letters)) as Together<
  Told<(typeof MODULES)[number], 'letters'>
>;

export const moduleTasks = (services: Services): Task[] => modules.flatMap(({ tasks }) => tasks?.(services) ?? []);

export const moduleEffects = (services: Services): Handlers => Object.assign({}, ...modules.map(({ effects }) => effects?.(services)));

export const tellModules: Tell = async (tx, name, facts, now) => {
  for (const { hooks } of modules) await hooks?.[name]?.(tx, facts, now);
};

export async function tidyModules(deps: Pick<Services, 'db' | 'clock'>): Promise<void> {
  for (const { tidy } of modules) await tidy?.(deps);
}
