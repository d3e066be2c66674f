import path from 'node:path';
import { arrowsOf, readmeDrawing } from './drawing';
import { type Probe, refused } from './lint';
import { filesOf, folders, foldersOf, importersOf, parts, screens, shared, sources } from './parts';

const arrows = arrowsOf(readmeDrawing);
const isDrawn = (from: string, to: string) =>
  arrows.some((arrow) => arrow.from === from && arrow.to === to);

/** An import and what README says of it. */
interface Judged extends Probe {
  allowed: boolean;
}

function importing(importer: string, imported: string, allowed: boolean): Judged {
  const relative = path.posix.relative(path.posix.dirname(importer), imported);
  const specifier = relative.startsWith('.') ? relative : `./${relative}`;
  return { importer, statement: `import '${specifier}';`, allowed };
}

/** From each folder of each part: every file of every other part. */
const betweenParts = parts.flatMap((from) =>
  importersOf(from).flatMap((importer) =>
    parts
      .filter((to) => to !== from)
      .flatMap((to) =>
        filesOf(to).map((file) =>
          importing(importer, file, isDrawn(from, to) || isDrawn(from, file)),
        ),
      ),
  ),
);

const fromShared = [...shared, 'probe'].flatMap((importer) =>
  parts.flatMap((to) => filesOf(to).map((file) => importing(importer, file, to === 'config'))),
);

const toShared = parts.flatMap((from) =>
  importersOf(from).flatMap((importer) =>
    shared.map((file) => importing(importer, file, from !== 'ledger')),
  ),
);

/** Folders of the page that belong to no screen, without the frame around all screens. */
const sharedByScreens = foldersOf('web').filter(
  (folder) => folder !== 'web' && folder !== 'web/frame' && !screens.includes(folder),
);

/** A screen imports what screens share. Only app.tsx, which shows the screens, imports them: it is in no folder. */
const amongScreens = [
  ...screens.flatMap((screen) =>
    sharedByScreens.map((folder) => importing(`${screen}/probe`, `${folder}/anything`, true)),
  ),
  ...foldersOf('web')
    .filter((folder) => folder !== 'web')
    .flatMap((folder) =>
      screens
        .filter((screen) => screen !== folder)
        .map((screen) => importing(`${folder}/probe`, `${screen}/anything`, false)),
    ),
];

const packagesInLedger = importersOf('ledger').flatMap((importer) =>
  ['express', 'mysql2', 'node:fs'].map((name) => ({
    importer,
    statement: `import '${name}';`,
    allowed: false,
  })),
);

const forms = [
  "import { a } from '../service';",
  "import type { a } from '../service';",
  "import a = require('../service');",
  "export * from '../service';",
  "export type { a } from '../service';",
  "import('../service');",
  "import '../service.js';",
].map((statement) => ({ importer: 'http/probe', statement, allowed: false }));

let refusedOnes: Set<Probe>;
beforeAll(() => {
  refusedOnes = refused<Judged>([
    ...betweenParts,
    ...fromShared,
    ...toShared,
    ...amongScreens,
    ...packagesInLedger,
    ...forms,
  ]);
});

/** The first few: a rule that is gone lets hundreds through. */
const misjudged = (probes: Judged[]) =>
  probes
    .filter((probe) => refusedOnes.has(probe) === probe.allowed)
    .slice(0, 20)
    .map(({ importer, statement, allowed }) =>
      [importer, statement, allowed ? 'is refused' : 'is let through'].join(' '),
    );

test('README draws every folder of app/, and nothing that is not there', () => {
  const drawn = arrows.flatMap(({ from, to }) => [from, to]);
  expect(folders.filter((folder) => !drawn.includes(folder))).toEqual([]);
  expect(drawn.filter((name) => !parts.includes(name) && !sources.includes(name))).toEqual([]);
});

test('the lint refuses each import between parts that README does not draw, and no other', () => {
  expect(misjudged(betweenParts)).toEqual([]);
});

test('a file directly in app/ is for all but the ledger, and imports no part', () => {
  expect(misjudged([...toShared, ...fromShared])).toEqual([]);
});

test('a screen of the page is imported by app.tsx alone, and imports what screens share', () => {
  expect(screens.length).toBeGreaterThan(5);
  expect(misjudged(amongScreens)).toEqual([]);
});

test('the ledger imports no package', () => {
  expect(misjudged(packagesInLedger)).toEqual([]);
});

test('a forbidden import is refused in every form', () => {
  expect(misjudged(forms)).toEqual([]);
});
