import { configDefaults, defineConfig } from 'vitest/config';

/** Files that cannot share a process: one loads modules anew, the others hold work against the clock, and a heap full of others' modules slows it. */
const APART = [
  'app/routes/development/components.test.tsx',
  'app/modules/capability/import/hostile.test.ts',
  'app/modules/capability/import/hostile-workbook.test.ts',
];

// Never loads the Remix plugin: rules and use cases are plain modules.
const integration = (name: 'sqlite' | 'postgresql') => ({
  extends: true as const,
  test: {
    name,
    include: ['tests/integration/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    // Which engine the schema is made for is read from here; the address itself comes from the global set-up.
    env: { DATABASE_URL: name === 'postgresql' ? 'postgres://set-up' : '' },
  },
});

export default defineConfig({
  test: {
    // Two shared cores: more workers only make each other slower.
    maxWorkers: 2,
    // Files of a project follow one another in a process: each with its own spent half of the run on loading the same modules.
    isolate: false,
    // A limit on what hangs, not on what is slow: a busy machine must not fail a test.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,db,seeds,tests/support}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...APART],
        },
      },
      { extends: true, test: { name: 'unit, apart', include: APART, isolate: true } },
      integration('sqlite'),
      integration('postgresql'),
    ],
  },
});
