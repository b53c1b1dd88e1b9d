import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { attemptPayment, OUTCOMES } from './checkout.ts';
import type { Engine } from './engine.server.ts';
import { ApiError } from './errors.ts';
import { readBody, sendJson } from './exchange.server.ts';
import { runDueJobs, settleNow } from './jobs.ts';
import { METHODS } from './payment-objects.ts';
import { closeDispute, openDispute } from './refunds.ts';

const advance = z.object({ advanceMs: z.number().int().positive() });
const payment = z.object({ session: z.string(), method: z.enum(METHODS).default('card'), outcome: z.enum(OUTCOMES).default('succeed') });
const opening = z.object({ charge: z.string(), reason: z.string().default('product_not_received') });
const closing = z.object({ dispute: z.string(), status: z.enum(['won', 'lost']) });

/**
 * The switchboard for tests and demonstrations, JSON in and out, only where it was enabled and only with the API key:
 * `GET|PUT|DELETE /_stand-in/faults`, `POST /_stand-in/{clock,pay,settle,disputes,disputes/close}`.
 */
export async function answerControl(engine: Engine, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const text = await readBody(request);
  let input: unknown = {};
  try {
    if (text !== '') input = JSON.parse(text);
    sendJson(response, 200, act(engine, `${request.method} ${path.slice('/_stand-in'.length)}`, input));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw new ApiError(400, { message: 'Not a valid control request' });
    throw error;
  }
}

function act(engine: Engine, request: string, input: unknown): object {
  switch (request) {
    case 'GET /faults':
      return engine.faults;
    case 'PUT /faults':
      return engine.setFaults(input);
    case 'DELETE /faults':
      return engine.setFaults({});
    case 'POST /clock':
      engine.clock.advance(advance.parse(input).advanceMs);
      runDueJobs(engine);
      return { now: engine.clock.now() };
    case 'POST /settle':
      settleNow(engine);
      return {};
    case 'POST /pay': {
      const { session, method, outcome } = payment.parse(input);
      return { open: engine.change(null, () => attemptPayment(engine, session, method, outcome)) };
    }
    case 'POST /disputes': {
      const { charge, reason } = opening.parse(input);
      return engine.change(null, () => openDispute(engine, charge, reason));
    }
    case 'POST /disputes/close': {
      const { dispute, status } = closing.parse(input);
      return engine.change(null, () => closeDispute(engine, dispute, status));
    }
    default:
      throw new ApiError(404, { message: 'No such control' });
  }
}
