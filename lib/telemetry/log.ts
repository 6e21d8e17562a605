import { type DestinationStream, type Logger, pino } from 'pino';
import { hideSecrets, withoutSecrets } from './secrets.ts';

/** The log of the process: JSON lines on standard error, so that standard output stays a command's own. */
export const log = createLog(process.stderr);

/** A log that shows no secret: by the names of fields, and once more by what stands in the finished line. */
export function createLog(destination: DestinationStream): Logger {
  return pino(
    {
      name: 'flowloom',
      formatters: { log: clean },
      serializers: { err: (error: Error) => hideSecrets(pino.stdSerializers.err(error)) },
      hooks: { streamWrite: withoutSecrets },
    },
    destination,
  );
}

function clean(fields: object): Record<string, unknown> {
  return { ...Object(hideSecrets(fields)) };
}
