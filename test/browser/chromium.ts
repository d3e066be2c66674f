import { existsSync } from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from '../servers/debian';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where packages put browsers, whatever the PATH. */
const FOLDERS = [
  ...(process.env.PATH ?? '').split(':'),
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome',
];

const ON_A_MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Debian's browser, and a font: without one it shows no text. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

/**
 * The browser to test with: the one that TEST_CHROMIUM names, else the machine's own Chromium or Chrome,
 * else Debian's `chromium`, installed for it.
 *
 * @throws Error that says what to do, where none of these can be had
 */
export function chromiumPath(): string {
  const named = process.env.TEST_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`TEST_CHROMIUM names ${named}, which is not there.`);
  }
  const found = localChromium() ?? installedChromium();
  if (found) return found;
  throw new Error(
    "The tests need a Chromium or Chrome: name one as TEST_CHROMIUM=/path/to/chromium, or install Debian's package chromium. ./run.sh test --no-browser leaves the browser out.",
  );
}

function localChromium(): string | undefined {
  const usual = NAMES.flatMap((name) => FOLDERS.map((folder) => path.join(folder, name)));
  return [...usual, ...ON_A_MAC].find(existsSync);
}

function installedChromium(): string | undefined {
  installDebianPackages(...PACKAGES);
  return localChromium();
}
