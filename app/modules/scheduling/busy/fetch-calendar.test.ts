import { describe, expect, it } from 'vitest';
import { calendarAddress } from './fetch-calendar.server.ts';

describe('the address of a calendar', () => {
  const href = (text: string, trusted: string[] = []) => calendarAddress(text, trusted)?.href ?? 'refused';
  it.each([
    ['https://calendar.example/a.ics?key=1#x', 'https://calendar.example/a.ics?key=1'],
    [' webcal://calendar.example/a.ics ', 'https://calendar.example/a.ics'],
    ['http://calendar.example/a.ics', 'refused'],
    ['https://somebody:secret@calendar.example/', 'refused'],
    ['https://calendar.example:8443/', 'refused'],
    ['file:///etc/passwd', 'refused'],
    ['calendar.example/a.ics', 'refused'],
    [`https://calendar.example/${'a'.repeat(1000)}`, 'refused'],
  ])('%s', (text, expected) => {
    expect(href(text)).toBe(expected);
  });

  it('is of a trusted host as the operator says', () => {
    expect(href('http://10.0.0.7:8080/a.ics', ['10.0.0.7:8080'])).toBe('http://10.0.0.7:8080/a.ics');
    expect(href('http://10.0.0.7:8081/a.ics', ['10.0.0.7:8080'])).toBe('refused');
    expect(href('http://10.0.0.7/a.ics', ['10.0.0.7:8080'])).toBe('refused');
  });
});
