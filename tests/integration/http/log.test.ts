/** What a real failing statement brings, as it is written. */
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { newId, newSecret } from '#app/core/ids.server.ts';
import { createLog } from '#app/http/log.server.ts';
import { person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';

it('a failing statement is logged without what it was given, and no line says a secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'log');
  const { db, settings } = await testDeps();
  const stripe = { secretKey: 'rk_live_51Hsecretkey', webhookSecrets: ['whsec_0123456789abcdef'] };
  const smtpUrl = 'smtps://hengji:mail%2Bpassword@mail.example.test';
  const log = createLog({ ...settings, logLevel: 'info', stripe, smtpUrl }, openSync(file, 'a'));
  const row = {
    id: newId(),
    email: 'wang.gong@example.test',
    name: '王工',
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g',
    createdAt: 1,
  };
  await db.write((tx) => tx.insert(person).values({ ...row, locale: 'en' }));
  const error = await db.write((tx) => tx.insert(person).values({ ...row, locale: 'en' })).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const link = newSecret();
  log.error({ stack: (error as Error).stack, cause: (error as Error).cause, path: `/reset-password/${link}` }, 'unexpected error');
  log.warn({ error: `calendar https://calendar.example.test/private-${link}/basic.ics: ${stripe.webhookSecrets[0]}` }, 'not read');
  log.info({ error: `login mail+password with ${stripe.secretKey} failed` }, 'mail');
  log.flush();
  await vi.waitFor(() => expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3));
  const written = readFileSync(file, 'utf8');
  expect(written).toMatch(/insert into|UNIQUE constraint/);
  for (const secret of ['wang.gong', '王工', 'c2FsdHNhbHQ', 'aGFzaGhhc2g', link, 'mail+password', 'secretkey', '0123456789abcdef'])
    expect(written).not.toContain(secret);
});
