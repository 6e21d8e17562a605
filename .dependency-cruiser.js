import { rulesOf } from './scripts/gate/wall-rules.ts';
import { walls } from './scripts/gate/walls.ts';

const testFiles = '\\.test\\.tsx?$';

/** @type {readonly Omit<import('dependency-cruiser').IRegularForbiddenRuleType, 'severity'>[]} */
const crossing = [
  {
    name: 'no cycles',
    comment: 'In a cycle no part can be understood, tested or moved without all the others.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'every import is found',
    comment: 'An import that this tool cannot find would pass every wall unseen.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'only the canvas draws',
    comment: 'The types of Cytoscape leak quickly; behind one folder it can be exchanged.',
    from: { pathNot: '^components/graph/canvas/' },
    to: { path: 'node_modules/(@types/)?cytoscape' },
  },
  {
    name: 'only ingest writes facts',
    comment: 'Exactly-once holds because one place commits rows and ledger together.',
    from: { pathNot: ['^lib/(ingest|db)/', testFiles] },
    to: { path: '^lib/db/writer' },
  },
  {
    name: 'only the database folders speak SQL',
    comment: 'The scope is part of every question; a pool elsewhere would be a way around it.',
    from: { pathNot: ['^lib/(db|ingest)/', '^(test|bench)/', testFiles] },
    to: { path: 'node_modules/(@types/)?pg(-copy-streams)?/' },
  },
  {
    name: 'nothing stands on a test',
    comment: 'Tests, journeys and benchmarks are not shipped.',
    from: { path: '^(app|components|lib|bin)/', pathNot: testFiles },
    to: { path: [testFiles, '^(test|e2e|bench)/'] },
  },
  {
    name: 'what ships needs no development package',
    comment: 'An installation without development packages must run.',
    from: { path: '^(app|components|lib|bin)/', pathNot: testFiles },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...crossing.map((rule) => ({ ...rule, severity: /** @type {const} */ ('error') })),
    ...walls.flatMap((wall) => rulesOf(wall)),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/db/generated'] },
    exclude: { path: ['^\\.(next|flowloom|tmp|git)/', '^(coverage|test-results|playwright-report)/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts', '.css', '.json'],
    },
  },
};
