/** A large scope brought in through the threads: how long the thread that answers requests is held meanwhile. */
import { copyFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { type Actor, actorOf } from '#app/core/actor.ts';
import { parseSettings } from '#app/core/settings.ts';
import { createServices, type Services } from '#app/http/services.server.ts';
import { answerQuestion } from '#app/modules/capability/import/answer-question.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { leaveRows } from '#app/modules/capability/import/leave-rows.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { format, type Line, median } from './measure.ts';
import { IMPORTED, scopeFile } from './rows-rules.ts';

const MOST_STALL_MS = 100;

async function managerOf({ db }: Services): Promise<Actor> {
  const [found] = await db.read((q) =>
    q
      .select({ role: membership.role, person: { id: person.id }, organisation: { id: organisation.id, kind: organisation.kind } })
      .from(membership)
      .innerJoin(person, eq(person.id, membership.personId))
      .innerJoin(organisation, eq(organisation.id, membership.organisationId))
      .where(eq(person.email, 'gusu@demo.hengji.example')),
  );
  if (!found) throw new Error('the demonstration has no such centre');
  return actorOf(found);
}

/** One person's way from the file to the scope: how long each step took, and held this thread. */
async function once(file: string): Promise<Map<string, { ms: number; stall: number }>> {
  const parsed = parseSettings({ DEMONSTRATION: '1', LOG_LEVEL: 'silent', DATA_FOLDER: `${file}-folder` });
  if ('bad' in parsed) throw new Error(JSON.stringify(parsed.bad));
  const services = await createServices({ ...parsed.settings, databaseUrl: file });
  const steps = new Map<string, { ms: number; stall: number }>();
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    // In time this thread works: on a machine with other work it also waits for its turn, which is nobody's stall.
    let [last, stall] = [process.threadCpuUsage(), 0];
    const look = () => {
      const { user, system } = process.threadCpuUsage(last);
      last = process.threadCpuUsage();
      stall = Math.max(stall, (user + system) / 1000);
    };
    const watch = setInterval(look, 1);
    const began = performance.now();
    const done = await work();
    const ms = performance.now() - began;
    look();
    clearInterval(watch);
    steps.set(name, { ms, stall });
    return done;
  };
  try {
    const actor = await managerOf(services);
    const bytes = scopeFile();
    const opened = await step('read', () => openImport(services, actor, { name: 'scope.csv', bytes }));
    if (!('id' in opened)) throw new Error(opened.refused);
    const { id } = opened;
    const look = { filter: 'all', page: 1 } as const;
    const view = await step('first page', () => viewImport(services, actor, id, look));
    if (view.counts.all !== IMPORTED) throw new Error(`${view.counts.all} rows were judged`);
    await step('next page', () => viewImport(services, actor, id, { ...look, page: 2 }));
    const { key, choices } = view.questions[0]!;
    await step('answer', () => answerQuestion(services, actor, id, key, choices[0]!));
    await step('page after it', () => viewImport(services, actor, id, look));
    await step('leave a row', () => leaveRows(services, actor, id, [view.rows[0]!.key], true));
    const last = await step('page after that', () => viewImport(services, actor, id, look));
    await step('confirm', () => confirmImport(services, actor, id, { remove: false, shown: last.outcome.signature }));
  } finally {
    await services.close();
  }
  return steps;
}

export async function importBesideRequests(demonstration: string, rounds: number): Promise<Line[]> {
  const runs: Map<string, { ms: number; stall: number }>[] = [];
  for (let round = 0; round < rounds; round++) {
    const file = `${demonstration}-import-${round}.sqlite`;
    copyFileSync(demonstration, file);
    runs.push(await once(file));
  }
  return [...runs[0]!.keys()].map((name) => {
    const [stall, ms] = (['stall', 'ms'] as const).map((figure) => median(runs.map((run) => run.get(name)![figure])));
    return {
      row: `import of 20,000 rows, ${name}: longest stall of the request thread`,
      ours: `${format(stall!)} ms`,
      limit: `${format(ms!)} ms in a thread`,
      goal: `≤ ${MOST_STALL_MS} ms`,
      pass: stall! <= MOST_STALL_MS,
    };
  });
}
