import { SearchX, ShieldQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import { formatInstant } from '#components/ui/format-time.ts';
import { Notice } from '#components/ui/notice.tsx';
import { RefusedNotice } from '#components/ui/refused-notice.tsx';
import { ApiError } from '#lib/client/api-fetch.ts';
import { changePoliciesState } from './use-policies-state.ts';

const kinds = {
  calico:
    'ns,deploy,rs,sts,ds,cronjobs,jobs,pods,svc,sa,netpol,tiers,networkpolicies.projectcalico.org,globalnetworkpolicies,stagednetworkpolicies,stagedglobalnetworkpolicies,networksets,globalnetworksets',
  kubernetes: 'ns,deploy,rs,sts,ds,cronjobs,jobs,pods,svc,sa,netpol',
} as const;

/** Nothing is known of this cluster's policies: how to tell. */
export function NoPolicies({ cluster, onCheck }: { readonly cluster: string; readonly onCheck: () => void }) {
  return (
    <Notice
      icon={<ShieldQuestion />}
      isWide
      title={`No policies of ${cluster} are known`}
      actions={
        <Button look="primary" onClick={onCheck}>
          Check again
        </Button>
      }
    >
      <p>
        Flow logs name the policies that decided; what they say stands in the cluster’s objects. Hand these
        over with <code className="font-mono text-xs">flowloom inventory apply</code>, from a terminal that
        reaches the cluster. Apply them again after a change, and its history is kept.
      </p>
      <div className="mt-4 flex flex-col gap-4">
        {(['calico', 'kubernetes'] as const).map((kind) => (
          <div key={kind}>
            <h3 className="mb-1 text-xs font-semibold text-text">
              {kind === 'calico' ? 'With Calico' : 'Kubernetes alone'}
            </h3>
            <CommandLine
              command={`kubectl get ${kinds[kind]} -A -o yaml | npx flowloom inventory apply -f - --cluster ${shellWord(cluster)}`}
            />
          </div>
        ))}
        <div>
          <h3 className="mb-1 text-xs font-semibold text-text">From a folder of manifests</h3>
          <CommandLine command={`npx flowloom inventory apply -f deploy/ --cluster ${shellWord(cluster)}`} />
        </div>
      </div>
    </Notice>
  );
}

/** Nothing was known of them then. */
export function NoPoliciesThen({ cluster, atMs }: { readonly cluster: string; readonly atMs: number }) {
  return (
    <Notice
      icon={<ShieldQuestion />}
      title={`No policies of ${cluster} are known of ${formatInstant(atMs)}`}
      actions={<Button onClick={() => changePoliciesState({ atMs: null })}>Show them as they are now</Button>}
    >
      The history begins with the first <code className="font-mono text-xs">flowloom inventory apply</code> of
      the cluster, and what retention has dropped is gone.
    </Notice>
  );
}

/** Names of clusters may hold anything; a shell takes them as one word. */
function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export function NoMatch({ text, onReset }: { readonly text: string; readonly onReset: () => void }) {
  return (
    <Notice
      icon={<SearchX />}
      title="No policy holds these words"
      actions={<Button onClick={onReset}>Clear the search</Button>}
    >
      Nothing that you may see is called <strong className="font-semibold break-all text-text">{text}</strong>
      : names, namespaces, kinds, tiers and selectors are searched.
    </Notice>
  );
}

/** A refusal says whom to ask; any other failure is the children's. */
export function NotForYou({ error, children }: { readonly error: Error; readonly children: ReactNode }) {
  if (!(error instanceof ApiError) || error.problem.status !== 403) return children;
  return <RefusedNotice title={error.problem.title}>{error.problem.detail}</RefusedNotice>;
}
