import { z } from 'zod';

/**
 * What a request can run into. `…_after` and `disconnect`, `timeout` act **after** the request was executed: money has moved,
 * the caller does not know. The others act instead of executing.
 * - `unauthorised`: 401, our key is not taken · `forbidden`: 403, it may not do this
 * - `timeout`: executed, never answered · `disconnect`: executed, connection cut · `error_after`: executed, answered 500
 * - `rate_limit`: 429 · `server_error`: 500 · `html`: a proxy's 502 page · `bare_404`, `bare_500`: JSON without `error`
 */
const answerFault = z.object({
  kind: z.enum([
    'timeout',
    'disconnect',
    'error_after',
    'rate_limit',
    'server_error',
    'unauthorised',
    'forbidden',
    'html',
    'bare_404',
    'bare_500',
  ]),
  method: z.enum(['GET', 'POST']).optional(),
  /** Beginning of the path, e.g. `/v1/refunds`; every API path when absent. */
  path: z.string().optional(),
  /** How many requests it meets before it is used up. */
  times: z.number().int().positive().default(1),
});

const webhookFaults = z.object({
  /** Milliseconds added before the first attempt, by the emulator's clock. */
  delayMs: z.number().int().nonnegative().default(0),
  /** Sent this many times more. */
  duplicate: z.number().int().nonnegative().max(20).default(0),
  /** Events of one change are sent last first. */
  reorder: z.boolean().default(false),
  /** Never sent: only `GET /v1/events` shows them. */
  drop: z.boolean().default(false),
  /** Only these event types are met; all when absent. */
  types: z.array(z.string()).optional(),
});

const faultsSchema = z.object({
  answers: z.array(answerFault).default([]),
  webhooks: webhookFaults.prefault({}),
  /** Milliseconds of real time that executing a request takes. */
  latencyMs: z.number().int().nonnegative().max(60_000).default(0),
  /** `fail`: refunds created from now on fail later. `refuse`: creating one answers with an insufficient balance. */
  refunds: z.enum(['succeed', 'fail', 'refuse']).default('succeed'),
});

export type FaultState = z.output<typeof faultsSchema>;
export type FaultSwitches = z.input<typeof faultsSchema>;
export type AnswerFault = FaultState['answers'][number]['kind'];

/** @throws ZodError for anything that is not a set of switches */
export function parseFaults(switches: unknown): FaultState {
  return faultsSchema.parse(switches);
}

/** Takes (and uses up) the first fault that meets this request. */
export function takeAnswerFault(faults: FaultState, method: string, path: string): AnswerFault | null {
  const fault = faults.answers.find((item) => (item.method ?? method) === method && path.startsWith(item.path ?? '/v1/') && item.times > 0);
  if (!fault) return null;
  fault.times -= 1;
  faults.answers = faults.answers.filter((item) => item.times > 0);
  return fault.kind;
}
