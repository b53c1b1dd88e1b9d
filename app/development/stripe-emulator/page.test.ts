import { describe, expect, it } from 'vitest';
import { startHarness } from '#tests/support/stripe-contract-harness.ts';
import { WORDS } from './page-words.ts';

const choose = (url: string, choice: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ pay: choice }), redirect: 'manual' });

describe('hosted page', () => {
  it('is marked as simulated in both languages and shows what is due', async () => {
    await using harness = await startHarness();
    for (const [locale, words, total] of [
      ['zh', WORDS.zh, '¥656.50'],
      ['en', WORDS.en, 'CN¥656.50'],
    ] as const) {
      const { url } = await harness.createSession({ locale });
      const answer = await fetch(url!);
      const html = await answer.text();
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      for (const part of [words.notice, total, words.alipay, words.wechat_pay, words.decline, `lang="${words.lang}"`])
        expect(html).toContain(part);
      expect(html).not.toContain('<script');
    }
    const { url } = await harness.createSession({ locale: 'auto', allowed_payment_method_types: ['alipay'] });
    const html = await (await fetch(url!, { headers: { 'accept-language': 'en-GB,en' } })).text();
    expect(html).toContain(WORDS.en.alipay);
    expect(html).not.toContain(WORDS.en.card);
  });

  it('escapes whatever the merchant sends', async () => {
    await using harness = await startHarness();
    const nasty = `<script>alert(1)</script>"'&`;
    const { url } = await harness.createSession({
      client_reference_id: nasty,
      cancel_url: 'https://127.0.0.1/back?a="><script>alert(2)</script>',
      line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 1, product_data: { name: nasty } } }],
    });
    const html = await (await fetch(url!)).text();
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  });

  it('pays and sends the buyer back with the session named', async () => {
    await using harness = await startHarness();
    const { id, url } = await harness.createSession();
    const answer = await choose(url!, 'wechat_pay succeed');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `http://127.0.0.1:3000/orders/1?session=${id}`]);
    expect((await harness.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
    const again = await choose(url!, 'card succeed');
    expect([again.status, (await again.text()).includes(WORDS.zh.complete)]).toEqual([200, true]);
  });

  it('says that a payment was declined and lets the buyer try again', async () => {
    await using harness = await startHarness();
    const { id, url } = await harness.createSession();
    expect(await (await choose(url!, 'card decline')).text()).toContain(WORDS.zh.declined);
    expect((await choose(url!, 'card succeed')).status).toBe(303);
    expect((await harness.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  });

  it('has an end for expired and unknown sessions and for a nonsense choice', async () => {
    await using harness = await startHarness();
    const { id, url } = await harness.createSession();
    expect((await choose(url!, 'gold succeed')).status).toBe(400);
    await harness.stripe.checkout.sessions.expire(id);
    const html = await (await choose(url!, 'card succeed')).text();
    expect(html).toContain(WORDS.zh.expired);
    expect(html).toContain('http://127.0.0.1:3000/orders/1');
    const unknown = await fetch(`${harness.emulator.url}/c/pay/cs_test_no`);
    expect([unknown.status, (await unknown.text()).includes(WORDS.zh.missing)]).toEqual([404, true]);
  });
});
