import type Stripe from 'stripe';
import { createSession, expireSession, findSession } from './checkout.ts';
import type { Engine } from './engine.server.ts';
import { ApiError, invalid, missingObject } from './errors.ts';
import type { Parameters } from './parameters.ts';
import { createRefund } from './refunds.ts';
import type { SessionRow } from './session-object.ts';
import type { Filters, ListQuery } from './store.server.ts';

type Json = Record<string, unknown>;

/** The collections that can be read: their kind in the store and the parameters that filter a list. */
const COLLECTIONS: Record<string, { kind: string; filters: (keyof Filters)[] }> = {
  '/v1/checkout/sessions': { kind: 'checkout.session', filters: ['status', 'payment_intent'] },
  '/v1/payment_intents': { kind: 'payment_intent', filters: [] },
  '/v1/charges': { kind: 'charge', filters: ['payment_intent'] },
  '/v1/refunds': { kind: 'refund', filters: ['charge', 'payment_intent'] },
  '/v1/disputes': { kind: 'dispute', filters: ['charge', 'payment_intent'] },
  '/v1/events': { kind: 'event', filters: ['type'] },
  '/v1/balance_transactions': { kind: 'balance_transaction', filters: ['type', 'source', 'currency'] },
};

/**
 * Answers one API request. Accounts, transfers and payouts are not here: payouts come with a later issue.
 * @throws ApiError for every answer that is not 200
 */
export function answerApi(engine: Engine, method: string, path: string, params: Parameters, publicUrl: string): object {
  const expand = params.texts('expand');
  const answer = execute(engine, method, path, params, publicUrl);
  params.done();
  for (const property of expand) expandPath(engine, answer as Json, property.split('.'), property);
  return answer;
}

function execute(engine: Engine, method: string, path: string, params: Parameters, publicUrl: string): object {
  if (method === 'POST' && path === '/v1/checkout/sessions') return createSession(engine, params, publicUrl).session;
  if (method === 'POST' && path === '/v1/refunds') return createRefund(engine, params);
  const [, sessionId, action] = /^\/v1\/checkout\/sessions\/([^/]+)\/(expire|line_items)$/.exec(path) ?? [];
  if (method === 'POST' && sessionId && action === 'expire') {
    params.done();
    return expireSession(engine, sessionId).session;
  }
  if (method === 'GET' && sessionId && action === 'line_items') {
    readPage(params);
    return listObject(findSession(engine, sessionId).items, false, path);
  }
  if (method === 'GET') {
    if (COLLECTIONS[path]) return list(engine, path, params);
    const slash = path.lastIndexOf('/');
    const collection = COLLECTIONS[path.slice(0, slash)];
    if (collection) return fetch(engine, collection.kind, path.slice(slash + 1));
  }
  throw new ApiError(404, { message: `Unrecognized request URL (${method}: ${path}).` });
}

function fetch(engine: Engine, kind: string, id: string): object {
  const stored = engine.store.find<object>(kind, id);
  if (!stored) throw missingObject(kind, id);
  return shown(kind, stored);
}

function shown(kind: string, stored: object): object {
  return kind === 'checkout.session' ? (stored as SessionRow).session : stored;
}

function list(engine: Engine, path: string, params: Parameters): object {
  const { kind, filters } = COLLECTIONS[path]!;
  const query: ListQuery = { ...readPage(params), filters: {} };
  for (const name of filters) query.filters[name] = params.text(name);
  const type = query.filters.type;
  // `charge.*` means all types of that beginning.
  if (kind === 'event') query.types = params.texts('types');
  if (kind === 'event' && type?.endsWith('.*')) throw invalid('type', 'The emulator filters by whole event types only');
  query.created = readCreated(params);
  params.done();
  const page = engine.store.list<object>(kind, query);
  if (!page) {
    const cursor = query.startingAfter !== undefined ? 'starting_after' : 'ending_before';
    throw invalid(cursor, `No such ${kind}: '${query.startingAfter ?? query.endingBefore}'`, 'resource_missing');
  }
  return listObject(
    page.items.map((item) => shown(kind, item)),
    page.hasMore,
    path,
  );
}

function listObject(data: object[], hasMore: boolean, url: string): object {
  return { object: 'list', data, has_more: hasMore, url };
}

function readPage(params: Parameters): Omit<ListQuery, 'filters'> {
  const limit = params.integer('limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('limit', 'Limit must be between 1 and 100', 'parameter_invalid_integer');
  const startingAfter = params.text('starting_after');
  const endingBefore = params.text('ending_before');
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw invalid('starting_after', 'Only one of starting_after and ending_before can be given', 'parameters_exclusive');
  }
  return { limit, startingAfter, endingBefore };
}

function readCreated(params: Parameters): ListQuery['created'] {
  if (typeof params.raw('created') === 'string') {
    const exact = params.integer('created');
    return { gte: exact, lte: exact };
  }
  const range = params.group('created');
  if (!range) return undefined;
  const created = { gt: range.integer('gt'), gte: range.integer('gte'), lt: range.integer('lt'), lte: range.integer('lte') };
  range.done();
  return created;
}

/** Replaces an id by its object, as `expand[]=payment_intent.latest_charge` asks. */
function expandPath(engine: Engine, holder: Json, path: string[], whole: string): void {
  const [key, ...rest] = path;
  const refuse = () => invalid('expand', `This property cannot be expanded (${whole.slice(0, 100)}).`);
  if (path.length > 4 || key === undefined) throw refuse();
  const value = includable(engine, holder, key) ?? holder[key];
  if (value === undefined || (value === null && rest.length === 0 && !KNOWN_NULLS.has(key))) throw refuse();
  if (value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) expandPath(engine, item as Json, rest, whole);
    return;
  }
  let object = value;
  if (typeof value === 'string') {
    const kind = engine.store.kindOf(value);
    if (kind === null || key === 'id') throw refuse();
    object = fetch(engine, kind, value);
  }
  if (typeof object !== 'object') throw refuse();
  holder[key] = object;
  if (rest.length > 0) expandPath(engine, object as Json, rest, whole);
}

/** Properties that hold an id or nothing yet. */
const KNOWN_NULLS = new Set(['payment_intent', 'latest_charge', 'balance_transaction', 'charge', 'customer', 'source', 'invoice']);

/** Lists that are left out unless asked for. */
function includable(engine: Engine, holder: Json, key: string): object | null {
  if (key === 'line_items' && holder.object === 'checkout.session') {
    const id = String(holder.id);
    return listObject(findSession(engine, id).items, false, `/v1/checkout/sessions/${id}/line_items`);
  }
  if (key === 'refunds' && holder.object === 'charge') {
    const id = String(holder.id);
    const page = engine.store.list<Stripe.Refund>('refund', { filters: { charge: id }, limit: 10 })!;
    return listObject(page.items, page.hasMore, `/v1/charges/${id}/refunds`);
  }
  return null;
}
