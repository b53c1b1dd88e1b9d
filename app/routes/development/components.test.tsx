import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRemixStub } from '@remix-run/testing';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { SAMPLES } from './samples.ts';
import { darkTokens, lightTokens } from './tokens.ts';

const UI = join(import.meta.dirname, '../../ui');
/** Has nothing to look at. */
const NOT_SHOWN = ['JsonLd'];

describe('the page of the components', () => {
  it('shows every component of app/ui', () => {
    const there = readdirSync(UI)
      .filter((name) => name.endsWith('.tsx') && !name.includes('.server.'))
      .flatMap((name) => [...readFileSync(join(UI, name), 'utf8').matchAll(/^export (?:function|const) ([A-Z]\w*[a-z]\w*|A)\b/gm)])
      .map(([, name = '']) => name);
    expect(there.length).toBeGreaterThan(20);
    const shown = SAMPLES.flatMap(({ of }) => of);
    expect([...shown, ...NOT_SHOWN].sort()).toEqual(there.sort());
  });

  it.each(['zh-CN', 'en'] as const)('can draw each in each of its states without a complaint of React: %s', (locale) => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => complaints.mockRestore());
    for (const { of, states } of SAMPLES)
      for (const { name, draw } of states) {
        const Stub = createRemixStub([{ path: '/', Component: draw }]);
        expect(
          runWithLocale(locale, () => renderToStaticMarkup(<Stub />)),
          `${of[0]}: ${name}`,
        ).not.toBe('');
      }
    // The stub around it is made for browsers.
    const said = complaints.mock.calls.map(([message]) => String(message)).filter((message) => !message.includes('useLayoutEffect'));
    expect(said).toEqual([]);
  });

  it('is in no build', async () => {
    const paths = async (mode: string) => {
      vi.stubEnv('NODE_ENV', mode);
      vi.resetModules();
      return (await import('./table.ts')).developmentRoutes.map(({ path }) => path);
    };
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await paths('development')).toEqual(['ui']);
    expect(await paths('production')).toEqual([]);
    expect(await paths('')).toEqual([]);
  });

  it('finds both sets of colours in the style sheet, with the same names', () => {
    const theme = readFileSync(join(UI, 'theme.css'), 'utf8');
    const names = (tokens: string) => tokens.match(/--[\w-]+(?=:)/g);
    expect(names(darkTokens(theme))).toEqual(names(lightTokens(theme)));
    expect(names(darkTokens(theme))).toContain('--accent');
    expect(darkTokens(theme)).not.toBe(lightTokens(theme));
  });
});
