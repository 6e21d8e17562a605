import {
  at,
  type Field,
  flagAt,
  objectAt,
  objectsAt,
  refuse,
  requireObject,
  requirePort,
  textAt,
  warnOfUnknown,
} from '../field.ts';
import { labelsAt } from '../labels.ts';
import type { ContainerPort, TextMap, WorkloadManifest } from '../model.ts';
import { isPortName } from '../names.ts';
import { containerFields, containerPortFields, podSpecFields, podTemplateFields } from './pod-fields.ts';
import { protocolAt } from './protocol.ts';

export type PodTemplate = Pick<WorkloadManifest, 'podLabels' | 'serviceAccount' | 'hostNetwork' | 'ports'>;

/** What pods are made from: the `template` of `spec`. */
export function readPodTemplate(spec: Field): PodTemplate | null {
  const template = requireObject(spec, 'template');
  if (template === null) return null;
  warnOfUnknown(template, podTemplateFields);
  const metadata = objectAt(template, 'metadata');
  const labels: TextMap = metadata === null ? Object.create(null) : labelsAt(metadata, 'labels');
  return readPodSpec(template, labels);
}

export function readPodSpec(pod: Field, podLabels: TextMap): PodTemplate | null {
  const spec = requireObject(pod, 'spec');
  if (spec === null) return null;
  warnOfUnknown(spec, podSpecFields);
  const containers = objectsAt(spec, 'containers');
  if (containers.length === 0) refuse(at(spec, 'containers'), 'missing', 'a list of at least one container');
  // An init container that restarts always is a sidecar: it serves as long as the pod does.
  const starters = objectsAt(spec, 'initContainers');
  const sidecars = starters.filter((container) => at(container, 'restartPolicy').value === 'Always');
  for (const container of [...containers, ...starters]) warnOfUnknown(container, containerFields);
  return {
    podLabels,
    serviceAccount: textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default',
    hostNetwork: flagAt(spec, 'hostNetwork'),
    ports: [...containers, ...sidecars].flatMap(readPorts),
  };
}

function readPorts(container: Field): readonly ContainerPort[] {
  return objectsAt(container, 'ports').flatMap((field) => {
    warnOfUnknown(field, containerPortFields);
    const name = textAt(field, 'name');
    const port = requirePort(field, 'containerPort');
    const protocol = protocolAt(field);
    if (name !== null && !isPortName(name)) {
      refuse(at(field, 'name'), 'bad-name', 'up to 15 of a-z, 0-9 and single -, with a letter in it');
    }
    return port === null ? [] : [{ name, port, protocol }];
  });
}
