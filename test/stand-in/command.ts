import { once } from 'node:events';
import pg from 'pg';
import { readEnvironment } from '#lib/config/environment.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';

// A command that uses the database until its standard input ends, and says so before and after.

const environment = readEnvironment({ ...process.env, FLOWLOOM_HOME: process.argv[2] ?? '' });
if (!environment.ok) throw new Error(environment.error);
try {
  await withDatabase(environment.value, async ({ reader }) => {
    const read = async (): Promise<void> => {
      const client = new pg.Client({ connectionString: reader });
      await client.connect();
      await client.query('SELECT count(*) FROM channel_1m');
      await client.end();
    };
    await read();
    console.log('using');
    process.stdin.resume();
    await once(process.stdin, 'end');
    await read();
    console.log('used');
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
