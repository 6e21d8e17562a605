import { type Field, requireObject, warnOfUnknown } from '../field.ts';
import type { WorkloadKind, WorkloadManifest } from '../model.ts';
import { isSubdomain } from '../names.ts';
import type { Place } from '../place.ts';
import { controllerOf, type Metadata, namespaceOf, readMetadata } from './metadata.ts';
import { readPodRunning } from './pod-running.ts';
import { type PodTemplate, readPodSpec, readPodTemplate } from './pod-template.ts';

const fields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const rule = { wanted: 'a name of a-z, 0-9, - and .', test: isSubdomain };

const jobFields = [
  'activeDeadlineSeconds',
  'backoffLimit',
  'backoffLimitPerIndex',
  'completionMode',
  'completions',
  'managedBy',
  'manualSelector',
  'maxFailedIndexes',
  'parallelism',
  'podFailurePolicy',
  'podReplacementPolicy',
  'selector',
  'successPolicy',
  'suspend',
  'template',
  'ttlSecondsAfterFinished',
];

/** Next to `template`, what the spec of a controller may hold (Kubernetes 1.34). */
const specFields: Readonly<Record<Exclude<WorkloadKind, 'Pod'>, ReadonlySet<string>>> = {
  Deployment: new Set([
    'minReadySeconds',
    'paused',
    'progressDeadlineSeconds',
    'replicas',
    'revisionHistoryLimit',
    'selector',
    'strategy',
    'template',
  ]),
  StatefulSet: new Set([
    'minReadySeconds',
    'ordinals',
    'persistentVolumeClaimRetentionPolicy',
    'podManagementPolicy',
    'replicas',
    'revisionHistoryLimit',
    'selector',
    'serviceName',
    'template',
    'updateStrategy',
    'volumeClaimTemplates',
  ]),
  DaemonSet: new Set(['minReadySeconds', 'revisionHistoryLimit', 'selector', 'template', 'updateStrategy']),
  ReplicaSet: new Set(['minReadySeconds', 'replicas', 'selector', 'template']),
  ReplicationController: new Set(['minReadySeconds', 'replicas', 'selector', 'template']),
  Job: new Set(jobFields),
  CronJob: new Set([
    'concurrencyPolicy',
    'failedJobsHistoryLimit',
    'jobTemplate',
    'schedule',
    'startingDeadlineSeconds',
    'successfulJobsHistoryLimit',
    'suspend',
    'timeZone',
  ]),
};
const jobTemplateFields = new Set(['metadata', 'spec']);

/** Reads one kind of workload, wherever it keeps its pods' template. */
export function workloadReader(kind: WorkloadKind) {
  return (object: Field, place: Place): WorkloadManifest | null => {
    warnOfUnknown(object, fields);
    const metadata = readMetadata(object, rule);
    const template = readTemplate(kind, object, metadata);
    const namespace = metadata && namespaceOf(metadata);
    const owner = metadata && controllerOf(metadata);
    const running = kind === 'Pod' ? readPodRunning(object) : null;
    if (metadata === null || template === null || namespace === null) return null;
    const workload = { type: 'workload', kind, namespace, name: metadata.name, ...template, owner } as const;
    return running === null ? { ...workload, place } : { ...workload, running, place };
  };
}

function readTemplate(kind: WorkloadKind, object: Field, metadata: Metadata | null): PodTemplate | null {
  if (kind === 'Pod') return readPodSpec(object, metadata?.labels ?? Object.create(null));
  const spec = requireObject(object, 'spec');
  if (spec === null) return null;
  warnOfUnknown(spec, specFields[kind]);
  return kind === 'CronJob' ? readJobTemplate(spec) : readPodTemplate(spec);
}

function readJobTemplate(spec: Field): PodTemplate | null {
  const template = requireObject(spec, 'jobTemplate');
  if (template === null) return null;
  warnOfUnknown(template, jobTemplateFields);
  const jobSpec = requireObject(template, 'spec');
  if (jobSpec === null) return null;
  warnOfUnknown(jobSpec, specFields.Job);
  return readPodTemplate(jobSpec);
}
