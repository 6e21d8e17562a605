import type { Directory } from './directory.ts';
import type { Labelled } from './endpoint-labels.ts';
import type { Endpoint } from './model.ts';
import type { Question, Side } from './question.ts';
import type { Comparison } from './selector/node.ts';
import type { Truth } from './truth.ts';
import { namespacePrefix, serviceAccountPrefix } from './well-known-labels.ts';
import { answer, type World } from './world.ts';

/** One evaluation in one world; it remembers the first question that had no answer. */
export type Inquiry = { readonly world: World; readonly directory: Directory; open: Question | null };

export function ask(inquiry: Inquiry, question: Question): Truth {
  const truth = answer(inquiry.world, question);
  if (truth === 'unknown') inquiry.open ??= question;
  return truth;
}

/** Compares a label; `title` names whose it is where it is its own. */
export function askLabel(inquiry: Inquiry, of: Labelled, title: string, comparison: Comparison): Truth {
  return ask(inquiry, { about: 'label', holder: holderOf(of, title, comparison.label), of, comparison });
}

function holderOf(of: Labelled, title: string, key: string): string {
  if (key.startsWith(namespacePrefix)) return `namespace ${of.namespace}`;
  const isOfAccount = key.startsWith(serviceAccountPrefix) && typeof of.serviceAccount === 'string';
  return isOfAccount ? `service account ${of.namespace}/${of.serviceAccount}` : title;
}

/** What selectors see of an end that is an endpoint to Calico; null for one that is none. */
export function labelledEnd(endpoint: Endpoint): Labelled | null {
  const { kind, labels, namespace, serviceAccount, isHostNetworked } = endpoint;
  if (labels === null || isHostNetworked) return null;
  if (kind === 'workload') return { labels, namespace, serviceAccount };
  return kind === 'host' ? { labels, namespace: '', serviceAccount: undefined } : null;
}

export function endTitle(side: Side): string {
  return `the ${side}`;
}
