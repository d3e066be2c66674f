import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Files directly in app/ that put a process together. The others there are shared, and import no part. */
const ASSEMBLY: Record<string, string[]> = {
  main: ['main'],
  service: ['serve', 'service', 'open-store', 'invite', 'verify', 'workers'],
  config: ['config'],
};

/** Every source file of app/, as `http/front/host`: without extension, as imports name it. */
export const sources = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.replace(/\.tsx?$/, ''));

export const folders = [...new Set(sources.flatMap((file) => file.match(/^[^/]+(?=\/)/) ?? []))];

/** The folders of app/, and what of it puts a process together. */
export const parts = [...folders, ...Object.keys(ASSEMBLY)];

/** Files directly in app/ that several parts use. */
export const shared = sources.filter(
  (file) => !file.includes('/') && !Object.values(ASSEMBLY).flat().includes(file),
);

export const filesOf = (part: string) =>
  ASSEMBLY[part] ?? sources.filter((file) => file.startsWith(`${part}/`));

/** The folder of a part and all folders below it. */
export const foldersOf = (part: string) => [
  ...new Set(filesOf(part).map((file) => path.posix.dirname(file))),
];

/** Files that may import as the part may: its own files, or a new one in each of its folders. */
export const importersOf = (part: string) =>
  ASSEMBLY[part] ?? foldersOf(part).map((folder) => `${folder}/probe`);

/** The folders of the page's screens, as `web/stock`. */
export const screens = [
  ...new Set(sources.filter((file) => /^web\/.*-screen$/.test(file)).map(path.posix.dirname)),
];
