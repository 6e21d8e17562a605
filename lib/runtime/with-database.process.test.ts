import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { processesOf, processOf, untilGone } from '../../test/processes.ts';
import { clear, runStandIn, untilPrinted } from '../../test/stand-in/run.ts';
import { joinKeeper } from './join-keeper.ts';

// The ordinary user of every Linux.
const nobody = 65_534;

describe.skipIf(process.platform !== 'linux')('the embedded database', () => {
  let home: string;

  beforeAll(() => {
    // In a folder that only its owner can enter.
    home = join(mkdtempSync(join(tmpdir(), 'flowloom-shared-')), 'home');
  });
  afterAll(() => rmSync(join(home, '..'), { recursive: true, force: true }));
  afterEach(() => clear(home));

  it('is shared by commands at once; none stops it under another, the last one does', async () => {
    const [first, second] = [runStandIn('command', home), runStandIn('command', home)];
    await Promise.all([untilPrinted(first, 'using'), untilPrinted(second, 'using')]);
    const postgres = processesOf(home).filter(({ command }) => command.includes('bin/postgres'));
    expect(postgres).toHaveLength(1);
    first.child.stdin?.end();
    expect(await first.ended).toBe(0);
    second.child.kill('SIGKILL');
    const third = runStandIn('command', home);
    await untilPrinted(third, 'using');
    expect(processOf(home, 'bin/postgres').pid).toBe(postgres[0]?.pid);
    third.child.stdin?.end();
    expect(await third.ended).toBe(0);
    await untilGone(processesOf(home));
  });

  it('stops for a command that is killed', async () => {
    const command = runStandIn('command', home);
    await untilPrinted(command, 'using');
    const all = processesOf(home);
    command.child.kill('SIGKILL');
    await untilGone(all);
  });

  it('starts again for whoever comes while it stops', async () => {
    const { leave } = await joinKeeper(home);
    const keeper = processOf(home, 'keeper.ts');
    process.kill(keeper.pid, 'SIGTERM');
    const next = runStandIn('command', home);
    await untilPrinted(next, 'using');
    expect(processOf(home, 'keeper.ts').pid).not.toBe(keeper.pid);
    leave();
    next.child.stdin?.end();
    expect(await next.ended).toBe(0);
  });

  it('of a newer schema is refused with the way out', async () => {
    const before = runStandIn('command', home);
    await untilPrinted(before, 'using');
    const { ownerUrl, leave } = await joinKeeper(home);
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_later', now())",
    );
    await client.end();
    leave();
    before.child.stdin?.end();
    const after = runStandIn('command', home);
    expect(await after.ended).toBe(1);
    expect(after.output()).toContain('Update Flowloom');
  });

  it.skipIf(process.getuid?.() !== 0)('runs for an ordinary user below a folder of its own', async () => {
    const own = mkdtempSync(join(tmpdir(), 'flowloom-ordinary-'));
    chownSync(own, nobody, nobody);
    const command = runStandIn('command', own, { uid: nobody, gid: nobody });
    await untilPrinted(command, 'using');
    command.child.stdin?.end();
    expect(await command.ended).toBe(0);
    await clear(own);
    rmSync(own, { recursive: true, force: true });
  });

  it('of another major version is refused with the way out', async () => {
    writeFileSync(join(home, 'postgres/PG_VERSION'), '17\n');
    const command = runStandIn('command', home);
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/is of Postgres 17; this Flowloom runs Postgres 18.*FLOWLOOM_HOME/s);
  });
});
