/** Case `stuck-submit`: a form is sent once, and can be sent again once its answer is under way no longer. */
import type { Page } from '@playwright/test';
import { expect, test } from './support.ts';

/** The sign-in page over a line so slow that no answer comes until it is let through. */
async function slowForm(page: Page, path: string) {
  let posts = 0;
  let letThrough = false;
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    posts++;
    if (letThrough) await route.continue();
  });
  // While a page is being left, nothing asked of it is answered until the next is there: it has to tell by itself.
  const told = { disabled: null as string | null, text: '' as string | null };
  await page.exposeFunction('tell', (disabled: string | null, text: string | null) => Object.assign(told, { disabled, text }));
  await page.goto(path);
  await page.locator('input[name=email]').fill('nobody@example.com');
  await page.locator('input[name=password]').fill('gauge block no 12');
  const button = page.locator('main form button[type=submit]').first();
  const words = await button.textContent();
  const box = await button.boundingBox();
  if (!box) throw new Error('no button');
  await button.evaluate((element) => {
    const tell = () =>
      void (window as unknown as { tell(...state: (string | null)[]): void }).tell(
        element.getAttribute('aria-disabled'),
        element.textContent,
      );
    new MutationObserver(tell).observe(element, { attributes: true, childList: true, characterData: true, subtree: true });
    addEventListener('pageshow', tell);
    tell();
  });
  const browser = await page.context().newCDPSession(page);
  return {
    words,
    posts: () => posts,
    letThrough: () => {
      letThrough = true;
    },
    press: (clickCount = 1) => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { clickCount, delay: 5 }),
    stop: () => browser.send('Page.stopLoading'),
    text: () => told.text,
    disabled: () => told.disabled,
  };
}

for (const path of ['/sign-in', '/en/sign-in'])
  test(`a double click on ${path} sends once; after a stop it sends again`, async ({ page }) => {
    const form = await slowForm(page, path);
    await form.press(2);
    await form.press();
    await expect.poll(form.posts).toBe(1);
    expect(form.disabled()).toBe('true');
    expect(form.text()).not.toBe(form.words);
    await form.stop();
    await expect.poll(form.disabled).toBeNull();
    expect(form.text()).toBe(form.words);
    form.letThrough();
    await form.press();
    await expect(page.locator('main [role=alert]')).toBeVisible();
    expect(form.posts()).toBe(2);
  });

const SILENT = () => Object.defineProperty(window, 'navigation', { value: undefined });

test('where a browser says nothing of navigations, the key that stops them frees the form', async ({ page }) => {
  await page.addInitScript(SILENT);
  const form = await slowForm(page, '/sign-in');
  await form.press();
  await expect.poll(form.disabled).toBe('true');
  await expect.poll(form.posts).toBe(1);
  await form.stop();
  await page.keyboard.press('Escape');
  await expect.poll(form.disabled).toBeNull();
  form.letThrough();
  await form.press();
  await expect(page.locator('main [role=alert]')).toBeVisible();
  expect(form.posts()).toBe(2);
});

test('where not even that is known, time frees the form', async ({ page }) => {
  await page.addInitScript(SILENT);
  await page.clock.install();
  const form = await slowForm(page, '/sign-in');
  await form.press();
  await expect.poll(form.disabled).toBe('true');
  await expect.poll(form.posts).toBe(1);
  await form.stop();
  await page.clock.fastForward(29_000);
  expect(form.disabled()).toBe('true');
  await page.clock.fastForward(2_000);
  await expect.poll(form.disabled).toBeNull();
  form.letThrough();
  await form.press();
  await expect(page.locator('main [role=alert]')).toBeVisible();
  expect(form.posts()).toBe(2);
});

test('back from the page that answered, the form is free', async ({ page }) => {
  const form = await slowForm(page, '/sign-in');
  form.letThrough();
  await form.press();
  await expect(page.locator('main [role=alert]')).toBeVisible();
  await page.goBack();
  const button = page.locator('main form button[type=submit]').first();
  await expect(button).not.toHaveAttribute('aria-disabled');
  await expect(button).toHaveText(form.words ?? '');
});
