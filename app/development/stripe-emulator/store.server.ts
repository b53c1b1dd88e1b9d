import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Columns that lists filter by; the object itself is JSON. */
export interface Filters {
  type?: string;
  status?: string;
  charge?: string;
  payment_intent?: string;
  source?: string;
  currency?: string;
}

export interface ListQuery {
  filters: Filters;
  types?: string[];
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
  startingAfter?: string;
  endingBefore?: string;
  limit: number;
}

export interface Job {
  id: number;
  due: number;
  task: string;
  object: string;
  attempt: number;
}

interface SavedAnswer {
  fingerprint: string;
  status: number;
  body: string;
  request_id: string;
}

const SCHEMA = `
  create table if not exists objects(seq integer primary key, id text not null unique, kind text not null, created integer not null,
    type text, status text, charge text, payment_intent text, source text, currency text, body text not null) strict;
  create index if not exists objects_kind on objects(kind, seq);
  create index if not exists objects_payment on objects(kind, payment_intent) where payment_intent is not null;
  create index if not exists objects_charge on objects(kind, charge) where charge is not null;
  create table if not exists jobs(id integer primary key, due integer not null, task text not null, object text not null, attempt integer not null) strict;
  create index if not exists jobs_due on jobs(due);
  create table if not exists answers(key text primary key, fingerprint text not null, status integer not null, body text not null,
    request_id text not null, created integer not null) strict;
  create index if not exists answers_created on answers(created);
  create table if not exists settings(name text primary key, value text not null) strict;
`;

/**
 * The emulator's memory. One request is one transaction, so an object, its events, its jobs and its idempotency key are there
 * together or not at all. WAL with synchronous=NORMAL survives the end of the process; a third party's emulator need not survive power loss.
 */
export class Store {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();

  constructor(folder: string | null) {
    if (folder !== null) mkdirSync(folder, { recursive: true });
    this.#db = new Database(folder === null ? ':memory:' : join(folder, 'stand-in.sqlite'));
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = NORMAL');
    this.#db.exec(SCHEMA);
  }

  transaction<T>(work: () => T): T {
    return this.#db.inTransaction ? work() : this.#db.transaction(work).immediate();
  }

  insert(kind: string, object: { id: string }, created: number, filters: Filters = {}): void {
    const { type, status, charge, payment_intent, source, currency } = filters;
    this.#sql(
      'insert into objects(id, kind, created, type, status, charge, payment_intent, source, currency, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      object.id,
      kind,
      created,
      type ?? null,
      status ?? null,
      charge ?? null,
      payment_intent ?? null,
      source ?? null,
      currency ?? null,
      JSON.stringify(object),
    );
  }

  update<T extends { id: string }>(object: T, filters: Pick<Filters, 'status' | 'payment_intent'> = {}): void {
    this.#sql('update objects set body = ?, status = coalesce(?, status), payment_intent = coalesce(?, payment_intent) where id = ?').run(
      JSON.stringify(object),
      filters.status ?? null,
      filters.payment_intent ?? null,
      object.id,
    );
  }

  find<T>(kind: string, id: string): T | null {
    const row = this.#sql('select body from objects where id = ? and kind = ?').get(id, kind) as { body: string } | undefined;
    return row ? (JSON.parse(row.body) as T) : null;
  }

  kindOf(id: string): string | null {
    const row = this.#sql('select kind from objects where id = ?').get(id) as { kind: string } | undefined;
    return row?.kind ?? null;
  }

  /** Newest first; with `endingBefore`, the page just before that object. Null when the cursor is unknown. */
  list<T>(kind: string, query: ListQuery): { items: T[]; hasMore: boolean } | null {
    const clauses = ['kind = ?'];
    const values: unknown[] = [kind];
    const also = (clause: string, value: unknown) => {
      clauses.push(clause);
      values.push(value);
    };
    for (const [column, value] of Object.entries(query.filters)) if (value !== undefined) also(`${column} = ?`, value);
    const comparisons = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
    for (const [name, sign] of Object.entries(comparisons)) {
      const bound = query.created?.[name as keyof typeof comparisons];
      if (bound !== undefined) also(`created ${sign} ?`, bound);
    }
    if (query.types?.length) {
      clauses.push(`type in (${query.types.map(() => '?').join(', ')})`);
      values.push(...query.types);
    }
    const cursor = query.startingAfter ?? query.endingBefore;
    if (cursor !== undefined) {
      const row = this.#sql('select seq from objects where id = ? and kind = ?').get(cursor, kind) as { seq: number } | undefined;
      if (!row) return null;
      also(query.startingAfter ? 'seq < ?' : 'seq > ?', row.seq);
    }
    const backwards = query.startingAfter === undefined && query.endingBefore !== undefined;
    const order = backwards ? 'asc' : 'desc';
    const rows = this.#sql(`select body from objects where ${clauses.join(' and ')} order by seq ${order} limit ?`).all(
      ...values,
      query.limit + 1,
    ) as { body: string }[];
    const items = rows.slice(0, query.limit).map((row) => JSON.parse(row.body) as T);
    return { items: backwards ? items.reverse() : items, hasMore: rows.length > query.limit };
  }

  addJob(due: number, task: string, object: string, attempt = 0): void {
    this.#sql('insert into jobs(due, task, object, attempt) values (?, ?, ?, ?)').run(due, task, object, attempt);
  }

  /** Jobs due by `now`, oldest first: the sending of webhooks, or everything else. */
  dueJobs(now: number, which: 'deliver' | 'state', limit: number): Job[] {
    const sign = which === 'deliver' ? '=' : '<>';
    return this.#sql(`select * from jobs where due <= ? and task ${sign} 'deliver' order by due, id limit ?`).all(now, limit) as Job[];
  }

  nextDue(after: number): number | null {
    const row = this.#sql('select min(due) as due from jobs where due > ?').get(after) as { due: number | null };
    return row.due;
  }

  makeDue(tasks: string[], due: number): void {
    this.#sql(`update jobs set due = ? where task in (${tasks.map(() => '?').join(', ')})`).run(due, ...tasks);
  }

  removeJob(id: number): void {
    this.#sql('delete from jobs where id = ?').run(id);
  }

  answer(key: string): SavedAnswer | null {
    return (
      (this.#sql('select fingerprint, status, body, request_id from answers where key = ?').get(key) as SavedAnswer | undefined) ?? null
    );
  }

  saveAnswer(key: string, answer: SavedAnswer, created: number): void {
    this.#sql('insert into answers(key, fingerprint, status, body, request_id, created) values (?, ?, ?, ?, ?, ?)').run(
      key,
      answer.fingerprint,
      answer.status,
      answer.body,
      answer.request_id,
      created,
    );
  }

  forgetAnswersBefore(created: number): void {
    this.#sql('delete from answers where created < ?').run(created);
  }

  setting(name: string): string | null {
    const row = this.#sql('select value from settings where name = ?').get(name) as { value: string } | undefined;
    return row?.value ?? null;
  }

  setSetting(name: string, value: string): void {
    this.#sql('insert into settings(name, value) values (?, ?) on conflict(name) do update set value = excluded.value').run(name, value);
  }

  close(): void {
    this.#db.close();
  }

  #sql(text: string): Database.Statement<unknown[]> {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}
