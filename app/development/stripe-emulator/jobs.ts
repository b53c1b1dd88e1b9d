import { expireSession, findSession, settlePayment } from './checkout.ts';
import type { Engine } from './engine.server.ts';
import { settleRefund } from './refunds.ts';

/** Does everything whose time has come, except the sending of webhooks. Cheap when nothing is due. */
export function runDueJobs(engine: Engine): void {
  if (!engine.hasDueJobs()) return;
  for (;;) {
    const jobs = engine.store.dueJobs(engine.clock.now(), 'state', 200);
    if (jobs.length === 0) break;
    engine.change(null, () => {
      for (const job of jobs) {
        engine.store.removeJob(job.id);
        run(engine, job.task, job.object);
      }
    });
  }
  engine.refreshNextDue();
  engine.onWork();
}

/** Ends now whatever payments and refunds are still processing. */
export function settleNow(engine: Engine): void {
  engine.store.makeDue(['settle', 'settle_failed', 'refund', 'refund_failed'], engine.clock.now());
  engine.refreshNextDue(-1);
  runDueJobs(engine);
}

function run(engine: Engine, task: string, object: string): void {
  switch (task) {
    case 'expire':
      if (findSession(engine, object).session.status === 'open') expireSession(engine, object);
      break;
    case 'settle':
    case 'settle_failed':
      settlePayment(engine, object, task === 'settle');
      break;
    case 'refund':
    case 'refund_failed':
      settleRefund(engine, object, task === 'refund');
      break;
  }
}
