import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAccessCommand } from './access-command.ts';
import { addAuditCommand } from './audit-command.ts';
import { addBatchCommand } from './batch-command.ts';
import { addClusterCommand } from './cluster-command.ts';
import { addDemoCommand } from './demo-command.ts';
import { exitCode, isUsageError } from './exit.ts';
import { addFlowsCommand } from './flows-command.ts';
import { addGenerateCommand } from './generate-command.ts';
import { addGraphCommand } from './graph-command.ts';
import { addIngestCommand } from './ingest-command.ts';
import { addInventoryCommand } from './inventory-command.ts';
import { addMaintainCommand } from './maintain-command.ts';
import { addPolicyCommand } from './policy-command.ts';
import { addPurgeCommand } from './purge-command.ts';
import { addRejectedCommand } from './rejected-command.ts';
import { addSharingCommand } from './sharing-command.ts';
import { addSourcesCommand } from './sources-command.ts';
import { addTokenCommand } from './token-command.ts';
import { addUserCommand } from './user-command.ts';
import { addViewCommand } from './view-command.ts';

/** Runs one command and answers its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  endQuietlyWithReader();
  const program = new Command('flowloom')
    .description('The service graph of a Kubernetes estate: who talks to whom, and which policy let them.')
    .version(version(), '--version', 'print the version')
    // commander would end the process, and with 1; the commands below inherit this.
    .exitOverride()
    .showHelpAfterError('(flowloom --help, or flowloom COMMAND --help, lists what there is)');
  addAccessCommand(program);
  addAuditCommand(program);
  addBatchCommand(program);
  addClusterCommand(program);
  addDemoCommand(program);
  addFlowsCommand(program);
  addGenerateCommand(program);
  addGraphCommand(program);
  addIngestCommand(program);
  addInventoryCommand(program);
  addMaintainCommand(program);
  addPolicyCommand(program);
  addPurgeCommand(program);
  addRejectedCommand(program);
  addSharingCommand(program);
  addSourcesCommand(program);
  addTokenCommand(program);
  addUserCommand(program);
  addViewCommand(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    // A command whose answer is no has said so in process.exitCode.
    return Number(process.exitCode ?? exitCode.done);
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  // commander has printed its message already, and --help or --version are no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  if (isUsageError(error)) {
    console.error(`error: ${error.message}`);
    return exitCode.usage;
  }
  console.error(error instanceof Error && isForPeople(error) ? `error: ${error.message}` : error);
  return exitCode.no;
}

/** Expected refusals carry the way out in their message; a stack would only hide it. */
function isForPeople({ name }: Error): boolean {
  return name === 'Refusal' || name === 'SchemaMismatch';
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String(JSON.parse(text).version);
}

/** `flowloom … | head`: the reader has gone, which is no error. */
function endQuietlyWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done);
    throw error;
  });
}
