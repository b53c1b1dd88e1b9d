import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '#db/folder.ts';
import { licenceList, partsOf } from './list.ts';
import { READ, refusal } from './rules.ts';

const one = (licence: string, name = 'a', version = '1.0.0') => refusal({ name, version, licence });

describe('licences', () => {
  it.each([
    'MIT',
    'Apache-2.0',
    '(Apache-2.0 AND MIT)',
    '(MIT OR GPL-3.0-only)',
    'WTFPL OR ISC',
    'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
  ])('that allow commercial use pass: %s', (licence) => expect(one(licence)).toBeUndefined());

  it.each([
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    '(MIT AND GPL-2.0-only)',
    'CC-BY-NC-4.0',
    'PolyForm-Noncommercial-1.0.0',
    'BUSL-1.1',
    'SSPL-1.0',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    'Commercial',
    '',
  ])('that do not, or say nothing, are refused: %j', (licence) => expect(one(licence)).toMatch(/^a 1\.0\.0: /));

  it('without a name are read by a person, again for every version', () => {
    for (const [name, { version }] of Object.entries(READ)) {
      expect(one('SEE LICENSE IN LICENSE.md', name, version)).toBeUndefined();
      expect(one('SEE LICENSE IN LICENSE.md', name, '999.0.0')).toMatch(/read its licence again/);
    }
  });
});

describe('the list', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/b/node_modules/a': { version: '1.0.0', license: 'ISC' },
      'node_modules/@c/d-linux-x64': { version: '3.0.0', license: 'MIT', optional: true },
      'node_modules/only-tests': { version: '4.0.0', license: 'GPL-3.0-only', dev: true },
      'node_modules/tailwindcss': { version: '4.0.0', license: 'MIT', dev: true },
    },
  };

  it('has what the product runs with, and what leaves code in its pages, with each text once', () => {
    const parts = partsOf(lock);
    expect(parts.map(({ name }) => name)).toEqual(['@c/d-linux-x64', 'a', 'b', 'tailwindcss']);
    const text = licenceList(parts, ({ name }) => (name === 'a' ? ['Own text\r\n'] : ['Same text ']), 'libvips');
    expect(text).toContain('**MIT** (3): @c/d-linux-x64 3.0.0, b 2.0.0, tailwindcss 4.0.0');
    expect(text).toContain('### a 1.0.0\n\n    Own text');
    expect(text).toContain('### b 2.0.0, tailwindcss 4.0.0\n\n    Same text');
    expect(text.match(/Same text/g)).toHaveLength(1);
  });
});

describe('npm run sbom', () => {
  it('says every package production is made with, with version, licence and address', () => {
    type Component = { group?: string; name: string; version: string; components?: Component[] };
    const flat = (components: Component[] = []): Component[] => components.flatMap((one) => [one, ...flat(one.components)]);
    const said = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
    const bom = JSON.parse(said) as { bomFormat: string; components: Component[] };
    expect(bom.bomFormat).toBe('CycloneDX');
    const has = new Map(
      flat(bom.components).map((one) => [`${one.group ? `${one.group}/` : ''}${one.name} ${one.version}`, JSON.stringify(one)]),
    );
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    for (const { name, version } of partsOf(lock).filter(({ path }) => !lock.packages[path].dev)) {
      const component = has.get(`${name} ${version}`);
      expect(component, `${name} ${version}`).toMatch(/"licenses":\[\{/);
      expect(component, `${name} ${version}`).toContain(`"purl":"pkg:npm/${encodeURIComponent(name).replaceAll('%2F', '/')}@${version}`);
    }
    expect([...has.keys()].filter((name) => /^(vitest|knip|@playwright)/.test(name))).toEqual([]);
  });
});
