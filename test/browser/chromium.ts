import { existsSync } from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from '../servers/debian';

/** Chromium without the window around the page, which is half of the work on a small machine. */
const SHELL = ['chromium-headless-shell', 'chrome-headless-shell'];
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

/** The PATH, and where packages install browsers beside it. */
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

/** Without a font a browser shows no text. */
const FONT = 'fonts-dejavu-core';

/**
 * The browser to test with: the one that TEST_CHROMIUM names, else Chromium's headless shell, which is
 * installed if that is allowed, else the machine's own Chromium or Chrome.
 *
 * @throws Error that says what to do, if none of these is available
 */
export function chromiumPath(): string {
  const named = process.env.TEST_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`TEST_CHROMIUM names ${named}, which is not there.`);
  }
  const found =
    local(SHELL) ??
    installed('chromium-headless-shell', SHELL) ??
    local(BROWSERS) ??
    installed('chromium', BROWSERS);
  if (found) return found;
  throw new Error(
    "The tests need a Chromium or Chrome: name one as TEST_CHROMIUM=/path/to/chromium, or install Debian's package chromium. ./run.sh test --no-browser leaves the browser out.",
  );
}

function local(names: readonly string[]): string | undefined {
  const usual = names.flatMap((name) => FOLDERS.map((folder) => path.join(folder, name)));
  return [...usual, ...(names === BROWSERS ? ON_A_MAC : [])].find(existsSync);
}

function installed(debianPackage: string, names: readonly string[]): string | undefined {
  installDebianPackages(debianPackage, FONT);
  return local(names);
}
