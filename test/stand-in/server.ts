import { createServer } from 'node:http';
import pg from 'pg';

// What tests need of a server: it answers, it reads the database, and like Next it does not end while
// an event stream is open.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_READER_URL });
pool.on('error', () => undefined);

const server = createServer(async (request, response) => {
  if (request.url === '/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: open\n\n');
    return;
  }
  if (request.url === '/ready') {
    const read = await pool.query('SELECT count(*) FROM channel_1m').catch(() => null);
    response.writeHead(read ? 200 : 503);
  }
  response.end(String(process.pid));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
