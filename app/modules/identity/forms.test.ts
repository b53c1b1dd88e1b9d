import { describe, expect, it } from 'vitest';
import { emailForm, joinForm, signUpForm } from './forms.ts';

const whole = {
  name: '李伟',
  email: ' Li.Wei@Example.COM ',
  password: 'gauge block no 12',
  kind: 'sme',
  nameZh: '苏州精测仪器有限公司',
  city: '苏州',
};
const faults = (input: unknown) => {
  const parsed = signUpForm.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]);
};

describe('forms', () => {
  it('take an address as it is stored', () => {
    expect(signUpForm.parse(whole)).toMatchObject({ email: 'li.wei@example.com', kind: 'sme' });
  });

  it('say what is wrong with a code, field by field', () => {
    expect(faults({ password: whole.password })).toEqual([
      ['name', 'required'],
      ['email', 'required'],
      ['kind', 'choose'],
      ['nameZh', 'required'],
      ['city', 'required'],
    ]);
    expect(faults({ ...whole, email: 'li.wei@' })).toEqual([['email', 'email']]);
    expect(faults({ ...whole, kind: 'operator' })).toEqual([['kind', 'choose']]);
    expect(faults({ ...whole, password: 'li.wei@example.com' })).toEqual([['password', 'password_is_email']]);
    expect(faults({ ...whole, name: 'x'.repeat(101) })).toEqual([['name', 'too_long']]);
  });

  it.each(['Li\r\nBcc: all@example.com', 'Li\u0000', '\u202Eevil'])(
    'refuse what could forge a header or turn the text around: %j',
    (name) => {
      expect(faults({ ...whole, name })).toEqual([['name', 'characters']]);
    },
  );

  it('take emoji, right-to-left names and markup as plain text', () => {
    for (const name of ['👩‍🔬 李', 'محمد', '<script>alert(1)</script>', "O'Neil & Söhne"])
      expect(joinForm.parse({ name, password: whole.password }).name).toBe(name);
  });

  it.each(['a@b', 'a b@example.com', 'a@example.com\nbcc:x@example.com', 'a@example.com,b@example.com', `${'x'.repeat(250)}@example.com`])(
    'refuse the address %j',
    (address) => {
      expect(emailForm.safeParse({ email: address }).success).toBe(false);
    },
  );
});
