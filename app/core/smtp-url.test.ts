import { describe, expect, it } from 'vitest';
import { parseSettings } from './settings.ts';
import { needsTls } from './smtp-url.ts';

const badOf = (url: string) => {
  const parsed = parseSettings({ SMTP_URL: url });
  return 'bad' in parsed ? parsed.bad : [];
};

describe('the address of a mail server', () => {
  it.each([
    'smtp://u:p@mail.example:587?ignoreTLS=true',
    'smtp://u:p@mail.example?ignoreTLS=1',
    'smtp://u:p@10.0.0.5?requireTLS=false',
    'smtp://u:p@mail.example?requireTLS=true&requireTLS=0',
    'smtps://u:p@mail.example?secure=false',
    'smtp://u:p@mail.example?tls.rejectUnauthorized=false',
    'smtps://u:p@[2001:db8::1]?tls.rejectUnauthorized=0',
    'smtp://u:p@localhost.example?ignoreTLS=true',
  ])('%s is refused, by a line that says why', (url) => {
    expect(badOf(url)).toEqual([{ name: 'SMTP_URL', problem: expect.stringMatching(/password/) }]);
  });

  it.each([
    'smtp://u:p@mail.example:587',
    'smtp://u:p@mail.example?requireTLS=true',
    'smtps://u:p@mail.example',
    'smtp://mail.example:25?ignoreTLS=true',
    'smtp://u:p@localhost:1025?ignoreTLS=true',
    'smtp://u:p@127.0.0.1:1025',
    'smtp://u:p@[::1]:1025?ignoreTLS=true',
  ])('%s is taken', (url) => {
    expect(badOf(url)).toEqual([]);
  });

  it.each([
    ['smtp://u:p@mail.example', true],
    ['smtp://u:p@127.0.0.2', false],
    ['smtp://u@mail.example', false],
    ['smtp://mail.example', false],
  ])('%s needs TLS: %s', (url, needed) => {
    expect(needsTls(url)).toBe(needed);
  });
});
