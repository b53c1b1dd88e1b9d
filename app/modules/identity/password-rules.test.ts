import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-rules.ts';

describe('a new password', () => {
  it.each([
    ['', 'password_short'],
    ['九个汉字还不够长啊', 'password_short'],
    ['😀😀😀😀😀', 'password_short'], // ten UTF-16 units, five characters
    ['x'.repeat(201), 'password_long'],
    ['Li.Wei@Example.com', 'password_is_email'],
  ])('%s is refused: %s', (password, fault) => {
    expect(passwordFault(password, 'li.wei@example.com')).toBe(fault);
  });

  it.each(['correct horse battery', '量块第十二号放在恒温室', `${'x'.repeat(199)}y`, 'Tr0ub4dor&3'])('%s is taken', (password) => {
    expect(passwordFault(password, 'li.wei@example.com')).toBeUndefined();
  });
});
