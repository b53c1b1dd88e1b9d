import { defineConfig } from '@playwright/test';

// Each worker has a site of its own: the set-up starts them, and says here which is whose.
process.env.HENGJI_SITE ||= process.env.HENGJI_SITES?.split(' ')[Number(process.env.TEST_PARALLEL_INDEX ?? 0)] ?? '';

// Where its data are: for what only a change of them shows. Of a site that runs already it has to be said.
process.env.HENGJI_SITE_FOLDER ||= process.env.HENGJI_SITE_FOLDERS?.split(' ')[Number(process.env.TEST_PARALLEL_INDEX ?? 0)] ?? '';

const desktop = { width: 1440, height: 900 };

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './serve-site.ts',
  // Two cores. Tests of one file follow one another; a site given from outside has but one of each account.
  workers: process.env.HENGJI_SITE ? 1 : 2,
  fullyParallel: false,
  retries: 0,
  // Limits on what hangs, not on what is slow: a busy machine must not fail a test.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  globalTimeout: 1_800_000,
  reporter: [['list'], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json'] as ['json']] : [])],
  use: {
    baseURL: process.env.HENGJI_SITE,
    viewport: desktop,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // What is waited for in vain is named well before the test is over, and does not take its three minutes.
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.HENGJI_BROWSER ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
