import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { usageError } from './exit.ts';

const STANDARD_INPUT = '-';

/** A manifest to be read when it is its turn. */
export type ManifestSource = { readonly name: string; readonly read: () => string };

/** The manifests that files, folders and - stand for, each once and in order; unusable ones are refused together. */
export function manifestSources(paths: readonly string[]): readonly ManifestSource[] {
  if (paths.filter((each) => each === STANDARD_INPUT).length > 1) {
    throw usageError('-: standard input can be read once');
  }
  const sources = new Map<string, ManifestSource>();
  const reasons: string[] = [];
  for (const given of paths) {
    const found = given === STANDARD_INPUT ? [standardInput] : sourcesAt(given, reasons);
    for (const source of found) sources.set(source.name, source);
  }
  if (reasons.length > 0) throw usageError(`${reasons.join('; ')} (nothing was applied)`);
  return [...sources.values()];
}

const standardInput: ManifestSource = { name: 'standard input', read: () => readFileSync(0, 'utf8') };

function sourcesAt(given: string, reasons: string[]): readonly ManifestSource[] {
  try {
    if (!statSync(given).isDirectory()) return [fileSource(given)];
    const names = readdirSync(given, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ya?ml|json)$/i.test(name))
      .map((name) => path.join(given, name))
      .filter((name) => statSync(name).isFile())
      .sort();
    if (names.length === 0) reasons.push(`${given} holds no file that ends in .yaml, .yml or .json`);
    return names.map(fileSource);
  } catch (error) {
    reasons.push(`${given} ${whyNot(error)}`);
    return [];
  }
}

function fileSource(name: string): ManifestSource {
  return {
    name,
    read: () => {
      try {
        return readFileSync(name, 'utf8');
      } catch (error) {
        throw usageError(`${name} ${whyNot(error)} (nothing was applied)`);
      }
    },
  };
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES') return 'may not be read by this user';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
