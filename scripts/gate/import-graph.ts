import { z } from 'zod';

import { runCommand } from './run-command.ts';
import { trackedFiles } from './tracked-files.ts';
import { wallOf } from './walls.ts';

const cruiseSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    totalDependenciesCruised: z.number(),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string() })) }),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** The walls hold, every code file is behind one, and the tool really read the code. */
export async function checkImportGraph(): Promise<readonly string[]> {
  const { output } = await runCommand('depcruise', ['.', '--output-type', 'json'], { output: 'keep' });
  const { modules, summary } = cruiseSchema.parse(JSON.parse(output));
  const reasons = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  const read = new Set(modules.map((module) => module.source));
  const code = trackedFiles().filter((path) => /\.(tsx?|mjs|js)$/.test(path));
  return [
    ...summary.violations.map(
      ({ rule, from, to }) => `${from} → ${to}\n  ${rule.name}: ${reasons.get(rule.name)}`,
    ),
    ...code.filter((path) => !wallOf(path)).map((path) => `${path}: its folder has no wall`),
    ...code.filter((path) => !read.has(path)).map((path) => `${path}: not in the import graph`),
    ...(summary.totalDependenciesCruised < code.length ? ['the import graph is empty'] : []),
  ];
}
