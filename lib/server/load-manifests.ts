import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#lib/inventory/model.ts';
import { type ManifestFile, type ManifestReading, readManifests } from '#lib/inventory/read-manifests.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { type LeftOut, leftOut } from '#lib/policy/left-out.ts';
import { type ClusterReading, readPolicies } from '#lib/policy/parse/read-policies.ts';

/** A cluster from files, and what of them the answers leave out. */
export type LoadedManifests = {
  readonly manifests: Pick<ManifestReading, 'objects' | 'problems' | 'notRead'>;
  readonly reading: ClusterReading;
  readonly warnings: readonly Problem[];
  readonly notRead: readonly LeftOut[];
};

const isManifest = /\.(ya?ml|json)$/i;

// Nobody keeps such manifests; a log or an image that stands in the folder by mistake would fill the memory.
const MAX_FILE_BYTES = 64 << 20;

/** Reads a manifest, or all manifests under a folder; the error says what to do about it. */
export async function loadManifests(target: string): Promise<Result<LoadedManifests, string>> {
  const files = await filesUnder(target);
  if (!files.ok) return files;
  const texts: ManifestFile[] = [];
  for (const file of files.value) {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) return err(`${file}: ${size} bytes are no manifest: move it elsewhere`);
    texts.push({ file: shownPath(file), text: await readFile(file, 'utf8') });
  }
  return ok(withPolicies(readManifests(texts)));
}

/** What the objects say of policies, with all that was found wrong. */
export function withPolicies(
  manifests: Pick<ManifestReading, 'objects' | 'problems' | 'notRead'>,
): LoadedManifests {
  const reading = readPolicies(manifests.objects);
  const problems = [...manifests.problems, ...reading.problems];
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return { manifests, reading, warnings, notRead: leftOut(manifests, problems) };
}

async function filesUnder(target: string): Promise<Result<readonly string[], string>> {
  try {
    if (!(await stat(target)).isDirectory()) return ok([target]);
    const names = await readdir(target, { recursive: true, withFileTypes: true });
    const files = names
      .filter((entry) => entry.isFile() && isManifest.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
    return files.length > 0 ? ok(files) : err(`${target}: there is no .yaml, .yml or .json file in it`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return err(`${target}: there is no such file or folder`);
    if (code === 'EACCES') return err(`${target}: it may not be read by this user`);
    throw error;
  }
}

/** As people name it, and so that an annotation in CI finds it: from where they stand, with slashes. */
function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const shown = relative.startsWith('..') ? file : relative;
  return shown.split(path.sep).join('/');
}
