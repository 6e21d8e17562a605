import type { Source, Statement } from '#lib/access/binding.ts';
import { replaceStatements } from './access-statements.ts';
import type { OwnerSession } from './owner-session.ts';
import { removeDemoUsers } from './users.ts';

const demo: Source = { kind: 'document', cluster: null, name: 'the demo' };

const teams = [
  { group: 'demo-payments', namespaces: ['paymentservice', 'checkoutservice'] },
  { group: 'demo-shop', namespaces: ['frontend', 'cartservice', 'redis-cart'] },
] as const;

/** Gives each team of the demo its namespaces. */
export async function provideDemoBindings(session: OwnerSession, at: Date): Promise<void> {
  const statements = teams.map(
    ({ group, namespaces }): Statement => ({
      kind: 'binding',
      content: {
        name: group,
        role: 'team',
        subjects: [{ kind: 'group', name: group }],
        reaches: [{ kind: 'namespaces', clusters: ['demo'], namespaces }],
      },
    }),
  );
  await replaceStatements(session, demo, statements, at);
}

/** Removes the people of the demo, and what was said of them. */
export async function removeDemoPeople(session: OwnerSession): Promise<void> {
  await removeDemoUsers(session);
  await replaceStatements(session, demo, [], new Date());
}
