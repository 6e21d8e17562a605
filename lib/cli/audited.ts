import { userInfo } from 'node:os';
import { type AuditEvent, operatorActor } from '#lib/access/audit.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { endAudit, recordEvent } from '#lib/server/record-audit.ts';

/**
 * Tells the audit log what the operator does, with the account that runs the command. Without a row the
 * command does nothing: it throws.
 */
export async function audited(
  urls: DatabaseUrls,
  happened: Pick<AuditEvent, 'kind'> &
    Partial<Pick<AuditEvent, 'question' | 'clusters' | 'namespaces' | 'details'>>,
): Promise<void> {
  const details = { ...happened.details, account: account() };
  const isRead = happened.kind === 'flows-read' || happened.kind === 'audit-read';
  try {
    await recordEvent(urls, {
      ...happened,
      actor: operatorActor,
      details,
      ...(isRead ? { scope: wholeEstate() } : {}),
    });
  } finally {
    await endAudit(urls);
  }
}

/** Who took root's rights with sudo is told, too. */
function account(): string {
  const name = nameOf();
  const by = process.env.SUDO_USER;
  return by === undefined || by === '' || by === name ? name : `${by} as ${name}`;
}

/** A container may run under a number that has no name. */
function nameOf(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
