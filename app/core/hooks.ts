/** What happened in one module and others have to follow in the same transaction. What may follow later goes through the outbox. */
import type { Queries } from '#db/queries.ts';

/** Each module adds what it tells by declaration merging, in its module.ts. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the modules
export interface HookFacts {}
type HookName = keyof HookFacts;

/** Follows what is told, in the teller's transaction: what it throws undoes all of it. Never the network inside. */
type Hook<K extends HookName> = (tx: Queries, facts: HookFacts[K], now: number) => Promise<void>;

/** What a module listens to. */
export type Hooks = { [K in HookName]?: Hook<K> };

/** Tells every module that listens, one after the other in the order of the modules. */
export type Tell = <K extends HookName>(tx: Queries, name: K, facts: HookFacts[K], now: number) => Promise<void>;
