import { describe, expect, it, onTestFinished } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { moduleLetters } from '#app/http/modules.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import { outbox } from '#db/schema/core.ts';
import { testDeps } from '#tests/support/database.ts';
import { deliver, effects, facts, mailOf, queue } from './letters.ts';
import { smtpInbox } from './smtp-inbox.ts';

describe('delivery by SMTP', () => {
  it('arrives in the reader’s language, with the calendar file', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url, MAIL_FROM: 'Hengji <no-reply@hengji.example>', ORIGIN: 'https://hengji.example' });
    await queue(deps, mailOf('order_confirmed', 'zh-CN', 'zh@example.com'), mailOf('order_confirmed', 'en', 'en@example.com'));
    expect(await deliver(deps)).toBe(2);
    const by = (to: string) => inbox.received.find((r) => r.recipients[0] === to)?.mail;
    const [zh, en] = [by('zh@example.com'), by('en@example.com')];
    expect(zh?.subject).toBe('预约成功：量块校准（HJ-7K2M-Q9XD）');
    expect(en?.subject).toBe('Booked: Gauge block calibration (HJ-7K2M-Q9XD)');
    expect(zh?.from?.text).toContain('no-reply@hengji.example');
    expect(zh?.html).toContain('<html lang="zh-CN">');
    expect(zh?.text).toContain('苏州工业园区星湖街 328 号');
    const [file] = en?.attachments ?? [];
    expect(file).toMatchObject({ filename: 'HJ-7K2M-Q9XD.ics', contentType: 'text/calendar' });
    const calendar = file?.content.toString() ?? '';
    expect(calendar).toContain('DTSTART:20261123T020000Z');
    expect(calendar).toContain('DTEND:20261123T040000Z');
    expect(calendar).toContain('UID:HJ-7K2M-Q9XD@hengji.example');
    expect(calendar.replaceAll('\r\n ', '')).toContain('SUMMARY:Gauge block calibration · Suzhou Dimensional Metrology Centre');
  });

  it('is tried again after a 451, and not once more after it was taken', async () => {
    const inbox = await smtpInbox();
    inbox.answers.push({ code: 451, text: 'try again later' });
    const deps = await testDeps({ SMTP_URL: inbox.url });
    await queue(deps, mailOf('verify_email'));
    expect(await deliver(deps)).toBe(0);
    expect(inbox.received).toHaveLength(0);
    expect((await effects(deps))[0]).toMatchObject({ attempts: 1, doneAt: null });
    expect(await deliver(deps)).toBe(0); // not before its time
    deps.time.now += 2000;
    expect(await deliver(deps)).toBe(1);
    deps.time.now += 3_600_000;
    expect(await deliver(deps)).toBe(0);
    expect(inbox.received).toHaveLength(1);
  });

  it('is not repeated when the process died between sending and marking it done', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url });
    await queue(deps, mailOf('verify_email'));
    await deliver(deps);
    await deps.db.write(async (tx) => {
      await tx.update(outbox).set({ doneAt: null, leasedBy: null, leasedUntil: null });
    });
    expect(await deliver(deps)).toBe(1);
    expect(inbox.received).toHaveLength(1);
  });

  it('is not sent again by a process whose database did not take down that it was', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url });
    await queue(deps, mailOf('verify_email'));
    let refuses = true;
    // Refuses once the server has the mail.
    const write: Deps['db']['write'] = (work, line) =>
      refuses && inbox.received.length > 0 ? Promise.reject(new Error('the database is gone')) : deps.db.write(work, line);
    const shaky = { ...deps, db: { ...deps.db, write } };
    const { handlers, close } = mailDelivery(shaky, moduleLetters);
    onTestFinished(close);
    await drainOutbox(shaky, handlers, 'test').catch(() => {});
    expect(inbox.received).toHaveLength(1);
    refuses = false;
    deps.time.now += 120_000;
    expect(await drainOutbox(shaky, handlers, 'test')).toBe(1);
    expect(inbox.received).toHaveLength(1);
    expect((await effects(deps))[0]?.doneAt).toBe(deps.time.now);
  });

  it('has the same identifier on every try, so that a second copy can be told', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url });
    await queue(deps, mailOf('verify_email'));
    const [effect] = await effects(deps);
    await deliver(deps);
    await deps.db.write(async (tx) => {
      await tx.update(outbox).set({ doneAt: null, payload: effect?.payload ?? {} });
    });
    await deliver(deps);
    expect(inbox.received).toHaveLength(2);
    expect(inbox.received[0]?.mail.messageId).toBe(`<${effect?.id}@localhost>`);
    expect(inbox.received[1]?.mail.messageId).toBe(inbox.received[0]?.mail.messageId);
  });

  it('gives up on an address the server refuses for good, and goes on with the rest', async () => {
    const inbox = await smtpInbox();
    inbox.answers.push({ code: 550, text: 'no such user' });
    const deps = await testDeps({ SMTP_URL: inbox.url });
    await queue(deps, mailOf('verify_email', 'en', 'gone@example.com'));
    expect(await deliver(deps)).toBe(1);
    await queue(deps, mailOf('verify_email', 'en', 'there@example.com'));
    expect(await deliver(deps)).toBe(1);
    expect(inbox.received.map((r) => r.recipients)).toEqual([['there@example.com']]);
  });

  it('waits when no server answers', async () => {
    const deps = await testDeps({ SMTP_URL: 'smtp://127.0.0.1:1' });
    await queue(deps, mailOf('verify_email'));
    expect(await deliver(deps)).toBe(0);
    expect((await effects(deps))[0]).toMatchObject({ attempts: 1, doneAt: null, failedAt: null });
  });

  it('has one recipient, whatever stands in names and addresses', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url });
    const hostile = 'Eve\r\nBcc: all@example.com\r\nContent-Type: text/html\r\n\r\n<b>';
    await queue(
      deps,
      { kind: 'invitation', to: 'a@example.com', locale: 'en', facts: { ...facts.invitation, inviter: hostile, organisationEn: hostile } },
      {
        kind: 'order_confirmed',
        to: 'b@example.com',
        locale: 'en',
        facts: { ...facts.order_confirmed, serviceEn: hostile, number: 'HJ-1\r\nBcc: x@example.com' },
      },
      {
        kind: 'reset_password',
        to: 'c@example.com\r\nBcc: all@example.com',
        locale: 'en',
        facts: { ...facts.reset_password, name: hostile },
      },
    );
    await deliver(deps);
    expect(inbox.received.length).toBeGreaterThanOrEqual(2);
    for (const { mail, recipients } of inbox.received) {
      expect(recipients).toHaveLength(1);
      expect(recipients[0]).not.toContain('all@');
      expect(mail.bcc).toBeUndefined();
      expect(mail.headers.get('bcc')).toBeUndefined();
      expect(mail.text).toContain('Hengji');
    }
  });

  it('leaves no one-time link in the database once it is sent', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url });
    await queue(deps, mailOf('reset_password'));
    expect(JSON.stringify(await effects(deps))).toContain('/reset/secret');
    await deliver(deps);
    expect(JSON.stringify(await effects(deps))).not.toContain('/reset/secret');
    expect((await effects(deps))[0]?.payload).toEqual({ kind: 'reset_password', locale: 'zh-CN' });
  });
});
