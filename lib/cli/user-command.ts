import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { AuditEvent } from '#lib/access/audit.ts';
import { isRole, type Role, roleRights } from '#lib/access/roles.ts';
import { createUser, madePassword, setPassword } from '#lib/auth/create-user.ts';
import { emailSchema, newPasswordSchema } from '#lib/contracts/sign-in.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { grantRole, listUsers, removeUser, type UserRow } from '#lib/db/users.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Shown = { readonly json?: boolean };
type Secret = { readonly passwordStdin?: boolean };
type Wanted = Shown &
  Secret & { readonly group: readonly string[]; readonly role?: string; readonly password: boolean };

const roleNames = Object.keys(roleRights).join(', ');

/** `flowloom user`: who may sign in. */
export function addUserCommand(program: Command): void {
  const user = program.command('user').description('people who may sign in');
  user
    .command('create')
    .description('make an account; without --password-stdin a password is made and printed once')
    .argument('<email>', 'what they sign in with')
    .option('--password-stdin', 'read the password from standard input')
    .option('--no-password', 'none at all: they sign in through the identity provider')
    .option('--group <name>', 'a group they are in; may repeat', collect, [])
    .option('--role <name>', `what they may do in the whole estate: ${roleNames}`)
    .option('--json', 'print one JSON document')
    .action(create);
  user
    .command('list')
    .description('everybody who may sign in')
    .option('--json', 'print one JSON document')
    .action(list);
  user
    .command('role')
    .description('give somebody a role in the whole estate, or none')
    .argument('<email>')
    .argument('<role>', `${roleNames}, or none`)
    .action(changeRole);
  user
    .command('password')
    .description('set another password, and end every session of theirs')
    .argument('<email>')
    .option('--password-stdin', 'read the password from standard input')
    .action(changePassword);
  user
    .command('remove')
    .description('remove an account; its sessions and tokens end with it')
    .argument('<email>')
    .action(remove);
}

async function create(given: string, wanted: Wanted): Promise<void> {
  const email = parseEmail(given);
  const role = wanted.role === undefined ? null : parseRole(wanted.role);
  const secret = wanted.password ? await newPassword(wanted) : null;
  const user = { email, password: secret?.password ?? null, role, groups: wanted.group };
  const id = await inDatabase((asker) => createUser(asker, user), {
    kind: 'user-created',
    details: { email, role, groups: wanted.group },
  });
  if (id === null) {
    return refuse(`there is an account ${email} already; flowloom user list shows it`);
  }
  if (wanted.json) {
    const shown = secret?.isMade ? { password: secret.password } : {};
    return printJson({ id, email, role, groups: wanted.group, ...shown });
  }
  console.error(`${email} may sign in${role === null ? ', and has no role yet' : ` and is ${role}`}.`);
  if (secret?.isMade) showPassword(secret.password);
}

async function list({ json }: Shown): Promise<void> {
  const users = await inDatabase(listUsers);
  if (json) return printJson({ users });
  const none = ['There is nobody: flowloom user create EMAIL --role admin makes the first account.'];
  printLines(users.length === 0 ? none : users.map(describe));
}

async function changeRole(given: string, name: string): Promise<void> {
  const email = parseEmail(given);
  const role = name === 'none' ? null : parseRole(name);
  const change: Change = { kind: 'user-changed', details: { email, role } };
  if (!(await inDatabase((asker) => grantRole(asker, email, role), change))) return refuse(nobody(email));
  printLines([role === null ? `${email} has no role any more.` : `${email} is ${role} from now on.`]);
}

async function changePassword(given: string, wanted: Secret): Promise<void> {
  const email = parseEmail(given);
  const { password, isMade } = await newPassword(wanted);
  const change: Change = { kind: 'user-changed', details: { email, what: 'a new password' } };
  if (!(await inDatabase((asker) => setPassword(asker, email, password), change)))
    return refuse(nobody(email));
  console.error(`${email} has a new password and has to sign in again.`);
  if (isMade) showPassword(password);
}

async function remove(given: string): Promise<void> {
  const email = parseEmail(given);
  const change: Change = { kind: 'user-removed', details: { email } };
  if (!(await inDatabase((asker) => removeUser(asker, email), change))) return refuse(nobody(email));
  printLines([`${email} is removed: sessions and tokens ended with it.`]);
}

async function newPassword({ passwordStdin }: Secret): Promise<{ password: string; isMade: boolean }> {
  if (!passwordStdin) return { password: madePassword(), isMade: true };
  const given = newPasswordSchema.safeParse((await text(process.stdin)).replace(/\r?\n$/, ''));
  if (!given.success) throw usageError(`the password ${given.error.issues[0]?.message}`);
  return { password: given.data, isMade: false };
}

/** Alone on standard output, so that a script can take it. */
function showPassword(password: string): void {
  console.error('Their password, which is shown this once:');
  printLines([password]);
}

function describe({ email, role, groups, signsInWith, lastSignInAt, isDemo }: UserRow): string {
  const groupText = groups.length === 0 ? '' : `groups ${groups.join(', ')}`;
  const seen = lastSignInAt === null ? 'not signed in' : `signed in ${lastSignInAt.toISOString()}`;
  const way = signsInWith.length === 0 ? 'no way to sign in yet' : signsInWith.join(' and ');
  return [email, role ?? 'no role', way, groupText, seen, isDemo ? 'demo' : '']
    .filter((part) => part !== '')
    .join('  ');
}

type Change = Pick<AuditEvent, 'kind' | 'details'>;

/** Does it, and tells the audit log of it first where it changes something. */
function inDatabase<T>(work: (asker: Asker) => Promise<T>, change: Change | null = null): Promise<T> {
  return withDatabase(commandEnvironment(), async (urls) => {
    if (change !== null) await audited(urls, change);
    return await asOwner(urls.owner, work);
  });
}

function parseEmail(given: string): string {
  const email = emailSchema.safeParse(given);
  if (!email.success) throw usageError(`"${given}" ${email.error.issues[0]?.message}`);
  return email.data;
}

function parseRole(name: string): Role {
  if (!isRole(name)) throw usageError(`there is no role "${name}": take one of ${roleNames}`);
  return name;
}

function collect(name: string, names: readonly string[]): readonly string[] {
  return [...names, name];
}

function nobody(email: string): string {
  return `there is no account ${email}; flowloom user list shows all`;
}

function refuse(message: string): void {
  console.error(`error: ${message}`);
  process.exitCode = exitCode.no;
}
