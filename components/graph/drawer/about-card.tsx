import type { EdgeDetail, NodeDetail } from '#lib/contracts/graph.ts';
import { Card, FactList } from './drawer-parts.tsx';
import { LabelList } from './label-list.tsx';

type Contact = NodeDetail['contact'];

/** Who answers for a node, what it is labelled with, and since when there is traffic of it. */
export function AboutCard({ detail }: { readonly detail: NodeDetail }) {
  const { contact, labels, seen } = detail;
  const facts = [...contactFacts(contact), ...seenFacts(seen)];
  if (facts.length === 0 && labels.length === 0) return null;
  return (
    <Card title="About">
      <FactList facts={facts} />
      <LabelList labels={labels} />
    </Card>
  );
}

/** Whom to ask about an end; of one out of scope only where it opted in. */
export function ContactCard({ detail }: { readonly detail: EdgeDetail }) {
  const { contacts, source, target } = detail;
  const ends = [
    { node: source, contact: contacts.source },
    ...(source.id === target.id ? [] : [{ node: target, contact: contacts.target }]),
  ].filter(({ contact }) => contact !== null);
  if (ends.length === 0) return null;
  return (
    <Card title="Whom to ask">
      <div className="flex flex-col gap-2">
        {ends.map(({ node, contact }) => (
          <div key={node.id}>
            <p className="mb-0.5 text-xs font-medium">{node.namespace ?? node.label}</p>
            <FactList facts={contactFacts(contact)} />
          </div>
        ))}
      </div>
    </Card>
  );
}

function contactFacts(contact: Contact) {
  return [
    ...(contact?.owner ? [{ name: 'Owner', text: contact.owner }] : []),
    ...(contact?.contact ? [{ name: 'Contact', text: contact.contact }] : []),
  ];
}

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

function seenFacts(seen: NodeDetail['seen']) {
  if (seen === null) return [];
  const text = (date: string) => `${day.format(Date.parse(date))} (UTC day)`;
  return [
    { name: 'First seen', text: text(seen.firstOn) },
    { name: 'Last seen', text: text(seen.lastOn) },
  ];
}
