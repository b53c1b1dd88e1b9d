// Finds a browser for the tests: the system's, else Playwright's own, else Debian's package when we may install it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../app/http/commands/bootstrap.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function onSystem() {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin');
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES].find((path) => existsSync(path));
}

const quiet = (command, args) =>
  spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: 600_000 });

function playwrights() {
  const asked = spawnSync(process.execPath, ['-e', "import('@playwright/test').then((p) => console.log(p.chromium.executablePath()))"], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const path = asked.stdout.trim();
  return path && existsSync(path) ? path : undefined;
}

function hasChineseFont() {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return list.status !== 0 || list.stdout.trim() !== '';
}

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @returns {{ path: string } | { problem: string }} */
export function findBrowser() {
  const found = onSystem() ?? playwrights();
  if (found) {
    // Without one, Chinese is drawn as boxes; pages are still tested.
    if (!hasChineseFont() && isDebianRoot()) quiet('apt-get', ['install', '-y', '-qq', 'fonts-noto-cjk']);
    return { path: found };
  }
  console.log('No browser on this machine: installing one …');
  quiet(process.platform === 'win32' ? 'npx.cmd' : 'npx', ['playwright', 'install', 'chromium']);
  const installed = playwrights();
  if (installed) return { path: installed };
  if (isDebianRoot()) {
    quiet('apt-get', ['update', '-qq']);
    quiet('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk']);
    const packaged = onSystem();
    if (packaged) return { path: packaged };
  }
  return {
    problem:
      'No browser for the tests: install Chromium or Google Chrome (on Debian: apt-get install chromium fonts-noto-cjk) and run npm test again.',
  };
}
