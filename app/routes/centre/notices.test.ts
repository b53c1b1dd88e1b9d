import { describe, expect, it } from 'vitest';
import { saying } from './notices.ts';

describe('where a event leads back to', () => {
  it('is the page it came from, with what was done', () => {
    expect(saying('/centre/calendar?from=2026-11-23', 'closed', 'HJ-1')).toBe('/centre/calendar?from=2026-11-23&said=closed&what=HJ-1');
  });

  it.each([
    '/centre/..//evil.example',
    '/centre/..\\\\evil.example',
    '/centre/../..//evil.example',
    '/centre/..\t//evil.example',
    '/centre/%2e%2e//evil.example',
    '//evil.example/centre',
    '//[',
    'centre',
    '/centre.evil.example',
    'https://evil.example/centre',
  ])('is the inbox when it would be elsewhere: %j', (path) => {
    expect(saying(path, 'closed', '')).toBe('/centre?said=closed&what=');
  });
});
