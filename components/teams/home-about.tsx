import Link from 'next/link';
import { Card } from '#components/graph/drawer/drawer-parts.tsx';
import { LabelList } from '#components/graph/drawer/label-list.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { type HomeDocument, namespaceHref } from '#lib/contracts/teams.ts';
import { ContactText } from './contact-text.tsx';

type Described = HomeDocument['namespaces'][number];

/** Whose namespaces they are, as the inventory has it. */
export function HomeAbout({ home, cluster }: { readonly home: HomeDocument; readonly cluster: string }) {
  const namespaces = home.namespaces.filter((one) => one.cluster === cluster);
  const list = useShortList(namespaces, 12, 'namespaces');
  const [only] = namespaces;
  if (home.team === null && only !== undefined) return <AboutNamespace namespace={only} />;
  return (
    <Card title="Namespaces" aside={`${namespaces.length}`}>
      <ul aria-label="Namespaces" className="-mx-1.5">
        {list.shown.map(({ name, owner }) => (
          <li key={name}>
            <Link
              href={namespaceHref(cluster, name)}
              className="flex h-[26px] items-center gap-2 rounded-md px-1.5 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {owner !== null && owner !== home.team && (
                <span className="max-w-32 truncate text-xs text-muted" title={`Owner: ${owner}`}>
                  {owner}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {list.more}
    </Card>
  );
}

function AboutNamespace({ namespace: { owner, contact, labels } }: { readonly namespace: Described }) {
  return (
    <Card title="About">
      <dl className="flex flex-col gap-1 text-xs">
        {owner !== null && <Fact name="Owner" text={owner} />}
        {contact !== null && <Fact name="Contact" text={contact} />}
      </dl>
      {owner === null && contact === null && (
        <p className="text-xs text-muted">
          Nobody is named as its owner. The annotations <code className="font-mono text-[11.5px]">owner</code>{' '}
          and <code className="font-mono text-[11.5px]">contact</code> of the namespace say whom others ask.
        </p>
      )}
      <LabelList labels={labels} />
    </Card>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div className="flex gap-2">
      <dt className="w-[76px] shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 flex-1">
        <ContactText text={text} />
      </dd>
    </div>
  );
}
