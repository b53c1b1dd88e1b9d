import { asc } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { type Locale, type Mail, type MailKind, queueMail } from '#app/core/mail.server.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { moduleLetters } from '#app/http/modules.ts';
import { composeMail } from '#app/modules/notices/compose-mail.server.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import { listKeptMail, readKeptMail } from '#app/modules/notices/mailbox.server.ts';
import { outbox } from '#db/schema/core.ts';
import { MONDAY, testDeps } from '#tests/support/database.ts';
import { smtpInbox } from './smtp-inbox.ts';

const ORDER = {
  number: 'HJ-7K2M-Q9XD',
  serviceZh: '量块校准',
  serviceEn: 'Gauge block calibration',
  centreZh: '苏州长度计量中心',
  centreEn: 'Suzhou Dimensional Metrology Centre',
  startAt: MONDAY,
  endAt: MONDAY + 2 * 3_600_000,
  timeZone: 'Asia/Shanghai',
  gross: 144_000,
  link: '/orders/HJ-7K2M-Q9XD',
};
const { number: _number, gross: _gross, ...SLOT } = ORDER;
const BUYER = { buyerZh: '杭州精测仪器', buyerEn: 'Hangzhou Jingce Instruments' };
const PLACE = { addressZh: '苏州工业园区星湖街 328 号', addressEn: '328 Xinghu Street, Suzhou', sequence: 0 };
const facts: { [K in MailKind]: Extract<Mail, { kind: K }>['facts'] } = {
  verify_email: { link: '/verify/secret', hours: 48 },
  address_in_use: { name: '李伟', link: '/sign-in', resetLink: '/forgot' },
  reset_password: { name: '李伟', link: '/reset/secret', minutes: 60 },
  password_changed: { name: '李伟', link: '/forgot', at: MONDAY },
  new_device: {
    name: '李伟',
    browser: 'Firefox',
    system: 'Linux',
    network: '203.0.113.*',
    at: MONDAY,
    link: '/account',
    resetLink: '/forgot',
  },
  second_factor: { name: '李伟', on: true, at: MONDAY, link: '/account' },
  passkey_changed: { name: '李伟', passkey: '办公电脑', change: 'suspected', at: MONDAY, link: '/account/second-factor' },
  second_factor_taken: { name: '李伟', asked: false, at: MONDAY, link: '/forgot' },
  sessions_ended: { name: '李伟', at: MONDAY, link: '/forgot' },
  invitation: {
    inviter: '李伟',
    organisationZh: '苏州精测',
    organisationEn: 'Suzhou Jingce',
    role: 'technician',
    link: '/invitation/secret',
    days: 7,
  },
  order_requested: { ...ORDER, decisionDueAt: MONDAY + 86_400_000 },
  order_accepted: { ...ORDER, payBy: MONDAY + 86_400_000 },
  order_declined: { ...ORDER, reason: '标准器送检' },
  order_confirmed: { ...ORDER, ...PLACE },
  order_progress: { ...ORDER, progress: 'received' },
  order_moved: { ...ORDER, ...PLACE, sequence: 1, before: MONDAY - 86_400_000, agreed: false },
  order_move_asked: { ...ORDER, proposed: MONDAY + 86_400_000, until: MONDAY + 3_600_000 },
  order_cancelled: { ...ORDER, ...PLACE, sequence: 1, refund: 72_000, reason: '' },
  order_expired: ORDER,
  payment_late_booked: ORDER,
  payment_late_refunded: { ...ORDER, refund: 144_000 },
  refund_done: { ...ORDER, refund: 72_000 },
  refund_failed: { ...ORDER, refund: 72_000 },
  centre_new_order: { ...ORDER, ...PLACE, ...BUYER, decisionDueAt: 0 },
  centre_order_cancelled: { ...ORDER, ...PLACE, ...BUYER, sequence: 1, reason: '' },
  centre_order_moved: { ...ORDER, ...PLACE, ...BUYER, sequence: 1, before: MONDAY - 86_400_000 },
  centre_move_refused: { ...ORDER, ...BUYER, proposed: MONDAY + 86_400_000, lapsed: true },
  slot_offered: { ...SLOT, before: 0, until: MONDAY + 3_600_000 },
  slot_lapsed: { ...SLOT, before: MONDAY },
  demand_met: { wanted: 'warp drive', count: 2, link: '/search?q=x' },
  accreditation_due: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    until: MONDAY,
    daysLeft: 30,
    ended: false,
    timeZone: 'Asia/Shanghai',
    link: '/centre/accreditations/1',
  },
  accreditation_waiting: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    again: true,
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    link: '/operator/accreditations/1',
  },
  accreditation_checked: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    accepted: true,
    families: ['calibration', 'reference_material'],
    reason: '',
    link: '/centre/accreditations/1',
  },
  entry_renamed: { beforeZh: '旧名', beforeEn: 'Old name', centreZh: '新名', centreEn: 'New name', link: '/operator' },
  verification_request_waiting: {
    organisationZh: '示范机构',
    organisationEn: 'Demo Organisation',
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    own: false,
    link: '/operator/verification-requests/1',
  },
  verification_request_decided: {
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    outcome: 'refused',
    reason: '缺授权书',
    link: '/centre/claim/demo',
  },
};
const KINDS = Object.keys(facts) as MailKind[];
const mailOf = (kind: MailKind, locale: Locale = 'zh-CN', to = 'li.wei@example.com') => ({ kind, to, locale, facts: facts[kind] }) as Mail;
const at = { origin: 'https://hengji.example', from: 'Hengji <no-reply@hengji.example>', now: MONDAY, letters: moduleLetters };

const queue = (deps: Deps, ...mails: Mail[]) =>
  deps.db.write(async (tx) => {
    for (const mail of mails) await queueMail(tx, mail, deps.clock());
  });
const deliver = async (deps: Deps) => {
  const { handlers, close } = mailDelivery(deps, moduleLetters);
  onTestFinished(close);
  return drainOutbox(deps, handlers, 'test');
};
const effects = (deps: Deps) => deps.db.read((q) => q.select().from(outbox).orderBy(asc(outbox.id)));

describe('mail', () => {
  it('about a move says who moved it: the buyer, or somebody of the centre', () => {
    const moved = (locale: Locale, mover?: string) =>
      composeMail({ ...mailOf('centre_order_moved', locale), facts: { ...facts.centre_order_moved, mover } } as Mail, at).text;
    expect(moved('en')).toContain(`${BUYER.buyerEn} has moved`);
    expect(moved('en', 'Lin Yi')).toMatch(/colleague Lin Yi has moved/);
    expect(moved('en', 'Lin Yi')).not.toContain(`${BUYER.buyerEn} has moved`);
    expect(moved('zh-CN', '林一')).toContain('同事 林一 已把预约从');
  });

  it.each(KINDS)('%s says the same in both languages, in text and in HTML', (kind) => {
    const zh = composeMail(mailOf(kind, 'zh-CN'), at);
    const en = composeMail(mailOf(kind, 'en'), at);
    for (const mail of [zh, en]) {
      expect(mail.subject).not.toMatch(/undefined|null|NaN|\{|\}/);
      expect(mail.text + mail.html).not.toMatch(/undefined|null|NaN|Invalid|\{\w+\}/);
    }
    expect(zh.subject).toMatch(/\p{Script=Han}/u);
    expect(en.subject).not.toMatch(/\p{Script=Han}/u);
    const link = facts[kind].link;
    expect(zh.text).toContain(`https://hengji.example${link}`);
    expect(en.text).toContain(`https://hengji.example/en${link}`);
    expect(en.html).toContain(`href="https://hengji.example/en${link}"`);
    if ('gross' in facts[kind])
      for (const [mail, said] of [
        [zh, ['HJ-7K2M-Q9XD', '量块校准', '苏州长度计量中心', '2026年11月23日', '10:00', '12:00', '¥1,440.00']],
        [
          en,
          [
            'HJ-7K2M-Q9XD',
            'Gauge block calibration',
            'Suzhou Dimensional Metrology Centre',
            'November 23, 2026',
            '10:00',
            '12:00',
            '1,440.00',
          ],
        ],
      ] as const)
        for (const words of said) {
          expect(mail.text).toContain(words);
          expect(mail.html).toContain(words);
        }
  });

  it.each(['received', 'in_service', 'reported', 'closed'] as const)('of progress has its own words for %s', (progress) => {
    const of = (step: typeof progress) =>
      composeMail({ kind: 'order_progress', to: 'a@example.com', locale: 'en', facts: { ...ORDER, progress: step } }, at);
    const others = (['received', 'in_service', 'reported', 'closed'] as const).filter((step) => step !== progress);
    for (const other of others) expect(of(progress).subject).not.toBe(of(other).subject);
  });

  it('asks the centre to answer a request, and by when', () => {
    const request = composeMail(
      {
        kind: 'centre_new_order',
        to: 'c@example.com',
        locale: 'en',
        facts: { ...ORDER, ...PLACE, ...BUYER, decisionDueAt: MONDAY + 3_600_000 },
      },
      at,
    );
    expect(request.subject).toContain('please answer');
    expect(request.text).toContain('11:00');
    expect(composeMail(mailOf('centre_new_order', 'en'), at).subject).not.toContain('please answer');
  });

  it('shows what people wrote as text, never as markup or a line of its own', () => {
    const name = '<script>alert(1)</script>\r\n\r\nYou won: https://evil.example "\u202Egnp.exe';
    const mail = composeMail(
      {
        kind: 'invitation',
        to: 'a@example.com',
        locale: 'en',
        facts: { ...facts.invitation, inviter: name, organisationEn: `A & B\nBcc: all@example.com` },
      },
      at,
    );
    expect(mail.html).not.toContain('<script');
    expect(mail.html).toContain('&#60;script&#62;');
    expect(mail.subject).toBe('A & B Bcc: all@example.com invites you to join');
    expect(mail.text).not.toMatch(/^(You won|Bcc)/m);
    expect(mail.text + mail.html).not.toContain('\u202E');
  });
});

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

describe('mail without a server', () => {
  it('is kept once, newest first, and read in a demonstration', async () => {
    const deps = await testDeps();
    await queue(deps, mailOf('verify_email', 'zh-CN', 'first@example.com'));
    await deliver(deps);
    deps.time.now += 1000;
    await queue(deps, mailOf('order_confirmed', 'en', 'second@example.com'));
    await deliver(deps);
    await deps.db.write(async (tx) => {
      await tx.update(outbox).set({ doneAt: null });
    });
    await deliver(deps);
    const list = await listKeptMail(deps);
    expect(list.map((mail) => mail.to)).toEqual(['second@example.com', 'first@example.com']);
    expect((await listKeptMail(deps, ' First@example.com ')).map((mail) => mail.to)).toEqual(['first@example.com']);
    const mail = await readKeptMail(deps, list[0]?.id as string);
    expect(mail.attachments.map((a) => a.name)).toEqual(['HJ-7K2M-Q9XD.ics']);
    expect(mail.html).toContain('<html lang="en">');
    await expect(readKeptMail(deps, 'no such id')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not shown to anybody outside a demonstration', async () => {
    const deps = await testDeps();
    await queue(deps, mailOf('verify_email'));
    await deliver(deps);
    const [kept] = await listKeptMail(deps);
    const production = { ...deps, settings: { ...deps.settings, demonstration: false } };
    await expect(listKeptMail(production)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readKeptMail(production, kept?.id as string)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('with one key is one mail', async () => {
    const deps = await testDeps();
    await queue(
      deps,
      { ...mailOf('order_confirmed'), dedupeKey: 'order:1' } as Mail,
      { ...mailOf('order_confirmed'), dedupeKey: 'order:1' } as Mail,
    );
    await deliver(deps);
    expect(await listKeptMail(deps)).toHaveLength(1);
  });
});
