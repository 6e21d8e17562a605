import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  pid: z.number(),
  /** Where the keeper listens. */
  port: z.number(),
  /** Who can read it owns the folder. */
  secret: z.string(),
  /** Where Postgres listens; null until it does for the first time. */
  postgresPort: z.number().nullable(),
});

/** How the keeper of a folder is reached. It stays behind when a keeper is killed. */
export type KeeperAddress = z.infer<typeof schema>;

export function readKeeperAddress(home: string): KeeperAddress | null {
  try {
    return schema.parse(JSON.parse(readFileSync(addressFile(home), 'utf8')));
  } catch {
    return null;
  }
}

export function writeKeeperAddress(home: string, address: KeeperAddress): void {
  const file = addressFile(home);
  writeFileSync(`${file}.new`, JSON.stringify(address), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function addressFile(home: string): string {
  return join(home, 'keeper.json');
}
