/** What a browser loads and feels: JavaScript over the wire, layout shift, blocking of the main thread. */
import { chromium } from '@playwright/test';
import { findBrowser } from '../support/browser.mjs';
import type { Line } from './measure.ts';
import type { Server } from './servers.ts';

const KB = 1000;

export async function browserCosts(ours: Server): Promise<Line[]> {
  const found = findBrowser();
  if ('problem' in found) throw new Error(found.problem);
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const pages = [
    { name: 'home', path: '/', most: 120 },
    { name: 'search', path: `/search?q=${encodeURIComponent('校准')}`, most: 120 },
    { name: 'centre', path: '/centres/gusu-precision', most: 120 },
    { name: 'booking', path: '/services/external-micrometer-gusu-precision/book?quantity=12', most: 190 },
  ];
  const lines: Line[] = [];
  for (const { name, path, most } of pages) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const scripts = new Set<string>();
    let bytes = 0;
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.addInitScript(() => {
      const felt = { shift: 0, blocked: 0 };
      Object.assign(window, { felt });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
          if (!entry.hadRecentInput) felt.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) felt.blocked += Math.max(0, entry.duration - 50);
      }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(ours.url + path, { waitUntil: 'networkidle' });
    const felt = await page.evaluate(() => (window as unknown as { felt: { shift: number; blocked: number } }).felt);
    lines.push(
      {
        row: `JavaScript over the wire, ${name}`,
        ours: `${(bytes / KB).toFixed(1)} kB`,
        limit: '–',
        goal: `≤ ${most} kB`,
        pass: bytes > 0 && bytes <= most * KB,
      },
      { row: `layout shift, ${name}`, ours: felt.shift.toFixed(4), limit: '–', goal: '≤ 0.02', pass: felt.shift <= 0.02 },
      {
        row: `main thread blocked, ${name}`,
        ours: `${Math.round(felt.blocked)} ms`,
        limit: '–',
        goal: '≤ 150 ms',
        pass: felt.blocked <= 150,
      },
    );
    await page.close();
  }
  await browser.close();
  return lines;
}
