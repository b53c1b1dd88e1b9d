import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it, onTestFinished } from 'vitest';

const rules = createRequire(import.meta.url)('../../tests/support/dependency-rules.cjs');

/** The names of the rules a small tree of files breaks: each file imports the others named. */
async function broken(files: Record<string, string[]>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'hengji-borders-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    const up = '../'.repeat(name.split('/').length - 1);
    writeFileSync(join(root, name), `${imports.map((to) => `import '${up}${to}';`).join('\n')}\nexport const here = 1;\n`);
  }
  const { tsConfig: _, ...options } = rules.options;
  const { output } = await cruise(Object.keys(files), {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: rules.forbidden },
  });
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
}

describe('the product and what develops it', () => {
  const EMULATOR = 'app/development/stripe-emulator/start.ts';

  for (const from of ['app/modules/payments/pay.ts', 'app/core/mail.ts', 'app/http/run.ts', 'app/routes/home.ts', 'app/entry.ts'])
    it(`${from} may import neither the emulator nor a seed`, async () => {
      expect(await broken({ [from]: [EMULATOR], [EMULATOR]: [] })).toContain('product-knows-no-development');
      expect(await broken({ [from]: ['seeds/seed.ts'], 'seeds/seed.ts': [] })).toContain('product-knows-no-development');
    });

  it('db may import neither', async () => {
    expect(await broken({ 'db/open.ts': ['seeds/seed.ts'], 'seeds/seed.ts': [] })).toContain('product-knows-no-development');
  });

  it('development imports the product and seeds, and a test of the product may read seeds', async () => {
    const files = { 'app/modules/payments/pay.ts': [], 'seeds/seed.ts': ['app/modules/payments/pay.ts'] };
    expect(await broken({ ...files, [EMULATOR]: ['app/modules/payments/pay.ts', 'seeds/seed.ts'] })).toEqual([]);
    expect(await broken({ ...files, 'app/modules/payments/pay.test.ts': ['seeds/seed.ts'] })).toEqual([]);
  });
});

describe('read models', () => {
  const VIEW = 'app/read-models/view-order.ts';

  for (const from of ['app/modules/orders/place-order.ts', 'app/core/mail.ts', 'app/ui/page.ts'])
    it(`are not known to ${from}`, async () => {
      expect(await broken({ [from]: [VIEW], [VIEW]: [] })).toContain('read-models-stand-above-the-modules');
    });

  it('are for pages and for what puts it all together, and stand on the modules', async () => {
    const files = { [VIEW]: ['app/modules/orders/price.ts'], 'app/modules/orders/price.ts': [] };
    for (const from of ['app/routes/order.ts', 'app/http/tasks.ts', 'app/development/start.ts'])
      expect(await broken({ ...files, [from]: [VIEW] })).toEqual([]);
  });

  it('know no pages', async () => {
    expect(await broken({ [VIEW]: ['app/routes/order.ts'], 'app/routes/order.ts': [] })).toContain('modules-know-no-pages');
  });
});
