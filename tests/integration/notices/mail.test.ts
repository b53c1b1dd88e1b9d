import { describe, expect, it } from 'vitest';
import type { Locale, Mail } from '#app/core/mail.server.ts';
import { composeMail } from '#app/modules/notices/compose-mail.server.ts';
import { listKeptMail, readKeptMail } from '#app/modules/notices/mailbox.server.ts';
import { outbox } from '#db/schema/core.ts';
import { MONDAY, testDeps } from '#tests/support/database.ts';
import { BUYER, ORDER, PLACE } from '../orders/letters.ts';
import { at, deliver, facts, KINDS, mailOf, queue } from './letters.ts';

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
    expect(facts[kind], `a sample of ${kind} in tests/integration/<module>/letters.ts`).toBeDefined();
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
      composeMail({ ...mailOf('order_progress', 'en'), facts: { ...facts.order_progress, progress: step } } as Mail, at);
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
