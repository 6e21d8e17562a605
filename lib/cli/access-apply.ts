import { type AccessReading, readStatements } from '#lib/access/read-statements.ts';
import type { Problem } from '#lib/inventory/model.ts';
import { placeText } from '#lib/inventory/place.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { type AppliedAccess, applyAccess } from '#lib/server/apply-access.ts';
import { audited } from './audited.ts';
import { exitCode, usageError } from './exit.ts';
import { manifestSources } from './manifest-files.ts';
import { printJson, printLines } from './output.ts';
import { withReader } from './with-reader.ts';

export type ApplyOptions = {
  readonly filename: readonly string[];
  readonly cluster: string;
  readonly source: string;
  readonly json?: boolean;
};

// A dump of a cluster may have thousands; whoever wants them all asks for JSON.
const mostShown = 20;

/** Applies all of it, or nothing where any of it is wrong. */
export async function applyFiles({ filename, cluster, source, json }: ApplyOptions): Promise<void> {
  if (cluster.trim() === '') throw usageError('--cluster: a name is needed');
  if (source.trim() === '') throw usageError('--source: a name is needed');
  const read = readManifests(
    manifestSources(filename).map((each) => ({ file: each.name, text: each.read() })),
  );
  const reading = readStatements(read.objects);
  const { problems } = read;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0 && isEmpty(reading)) {
    throw usageError(
      `${filename.join(', ')} says nothing about access: Roles, ClusterRoles, their bindings, Namespaces and the ` +
        'kinds of flowloom/v1 count; flowloom access remove makes a source say nothing any more',
    );
  }
  const applied =
    errors.length > 0
      ? null
      : await withReader(async (reader, urls) => {
          await audited(urls, { kind: 'access-changed', details: { source, cluster, change: 'applied' } });
          return await applyAccess({ urls, reader, reading, cluster, source, nowMs: Date.now() });
        });
  if (json) printJson({ applied: applied !== null, ...applied, problems });
  else printLines([...problems.map(describeProblem), ...describe(applied, errors.length)]);
  process.exitCode = applied === null ? exitCode.no : exitCode.done;
}

function isEmpty({ ofFlowloom, ofKubernetes, namespaces }: AccessReading): boolean {
  return ofFlowloom.length + ofKubernetes.length + namespaces.length === 0;
}

function describeProblem({ severity, place, code, message }: Problem): string {
  return `${severity} ${placeText(place)}: ${message} (${code})`;
}

function describe(applied: AppliedAccess | null, errors: number): readonly string[] {
  if (applied === null)
    return [`Nothing was applied: correct ${errors === 1 ? 'the error' : `the ${errors} errors`} above.`];
  const { sources, namespaces, notes } = applied;
  return [
    ...sources.map(({ kind, cluster, name, said, added, removed }) => {
      const what = kind === 'kubernetes' ? `RBAC of cluster ${cluster}` : "Flowloom's own";
      const replaced =
        removed > 0 ? `, ${removed} that it said before ${removed === 1 ? 'is' : 'are'} gone` : '';
      return `${what}, source "${name}": ${said} ${said === 1 ? 'object' : 'objects'}, ${added} new${replaced}.`;
    }),
    ...(namespaces > 0
      ? [`${namespaces} ${namespaces === 1 ? 'namespace' : 'namespaces'} new or changed.`]
      : []),
    ...(sources.length === 0 && namespaces === 0 ? ['Nothing is other than before.'] : []),
    ...notes.slice(0, mostShown).map((note) => `note: ${note}`),
    ...(notes.length > mostShown ? [`note: ${notes.length - mostShown} more; --json shows all`] : []),
  ];
}
