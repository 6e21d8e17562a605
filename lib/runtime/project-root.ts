import { resolve } from 'node:path';

/** The checkout that this file is part of: commands may be called from anywhere. */
export const projectRoot = resolve(import.meta.dirname, '../..');

/** FLOWLOOM_HOME as an absolute path; a relative one is meant from the project. */
export function homeFolder(home: string): string {
  return resolve(projectRoot, home);
}
