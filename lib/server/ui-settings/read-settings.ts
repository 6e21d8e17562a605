import { parseLayerRefs } from '#lib/contracts/layer-ref.ts';
import { newLayerSchema } from '#lib/contracts/layers.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { newPositionsSchema } from '#lib/contracts/positions.ts';
import { buildScreenQuery, layoutNames, parseScreenState } from '#lib/contracts/url-state.ts';
import { newViewSchema } from '#lib/contracts/views.ts';
import { readDocuments } from '#lib/inventory/documents.ts';
import {
  at,
  type Field,
  flagAt,
  isAbsent,
  isObject,
  objectAt,
  objectsAt,
  requireObject,
  requireText,
  textAt,
  textMapAt,
  textsAt,
  warnOfUnknown,
} from '#lib/inventory/field.ts';
import { locate } from '#lib/inventory/lines.ts';
import type { Problem, Report } from '#lib/inventory/model.ts';
import { pathText } from '#lib/inventory/place.ts';
import type { ManifestFile } from '#lib/inventory/read-manifests.ts';
import { toValue } from '#lib/inventory/to-value.ts';
import {
  apiVersion,
  everyonesGroup,
  type KeptLayer,
  type KeptSettings,
  type KeptView,
  notes,
  type SharedAudience,
} from './model.ts';

type Groups = Map<string, SharedAudience>;

/** Reads views and layers. It never throws: what is wrong is a problem with file, document, line and path. */
export function readSettings(
  files: readonly ManifestFile[],
): KeptSettings & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const roots = files.flatMap((file) => rootsOf(file, problems));
  const groups: Groups = new Map([[everyonesGroup, { kind: 'everyone' }]]);
  for (const root of roots) if (at(root, 'kind').value === 'UISettingsGroup') readGroup(root, groups);
  const views: KeptView[] = [];
  const layers: KeptLayer[] = [];
  for (const root of roots) {
    if (at(root, 'kind').value !== 'UISettings') continue;
    const errors = problems.length;
    const found = readOne(root, groups);
    const isWrong = problems.slice(errors).some(({ severity }) => severity === 'error');
    if (found === null || isWrong) continue;
    if ('query' in found) views.push(found);
    else layers.push(found);
  }
  return { views, layers, problems };
}

function rootsOf({ file, text }: ManifestFile, problems: Problem[]): readonly Field[] {
  return [...readDocuments(text)].flatMap(({ number, root, length, lineAt, fault }) => {
    const placeOf = (path: Field['path']) => ({
      file,
      document: number,
      line: lineAt(locate(root, path).offset),
      path: pathText(path),
    });
    const report: Report = (severity, code, path, message) =>
      problems.push({ severity, code, place: placeOf(path), message });
    if (fault !== null) {
      const place = { file, document: number, line: lineAt(fault.offset), path: '' };
      problems.push({ severity: 'error', code: fault.code, place, message: fault.message });
      return [];
    }
    const field: Field = { value: toValue(root, length, report), path: [], report };
    return itemsOf(field).filter(isSettings);
  });
}

function itemsOf(field: Field): readonly Field[] {
  return isObject(field.value) && String(field.value.kind).endsWith('List')
    ? objectsAt(field, 'items')
    : [field];
}

function isSettings(field: Field): boolean {
  const kind = isObject(field.value) ? at(field, 'kind').value : null;
  if (kind === 'UISettings' || kind === 'UISettingsGroup') {
    if (at(field, 'apiVersion').value === apiVersion) return true;
    field.report('error', 'wrong-version', [...field.path, 'apiVersion'], `apiVersion must be ${apiVersion}`);
    return false;
  }
  const message =
    'only UISettings and UISettingsGroup are read here: take it out, or apply it with its own command';
  field.report('error', 'unknown-kind', [...field.path, 'kind'], message);
  return false;
}

function readGroup(root: Field, groups: Groups): void {
  const metadata = requireObject(root, 'metadata');
  const name = metadata && requireText(metadata, 'name');
  if (metadata === null || name === null || name === everyonesGroup) return;
  const team = textMapAt(metadata, 'annotations')[notes.team];
  if (team === undefined || team === '') {
    const message = `a group other than ${everyonesGroup} is a team's: name it in the annotation ${notes.team}`;
    metadata.report('error', 'no-team', metadata.path, message);
  } else groups.set(name, { kind: 'team', team });
}

function readOne(root: Field, groups: Groups): KeptView | KeptLayer | null {
  const metadata = requireObject(root, 'metadata');
  const spec = requireObject(root, 'spec');
  if (metadata === null || spec === null) return null;
  warnOfUnknown(spec, new Set(['group', 'description', 'view', 'layer']));
  const group = requireText(spec, 'group');
  const name = requireText(spec, 'description');
  if (group === null || name === null) return null;
  const audience = groups.get(group);
  if (audience === undefined) {
    const message = `there is no group ${group} in these files: add its UISettingsGroup with the annotation ${notes.team}, or take ${everyonesGroup}`;
    spec.report('error', 'no-group', [...spec.path, 'group'], message);
    return null;
  }
  const [view, layer] = [objectAt(spec, 'view'), objectAt(spec, 'layer')];
  if ((view === null) === (layer === null)) {
    spec.report('error', 'no-content', spec.path, 'spec takes one of view and layer');
    return null;
  }
  const annotations = textMapAt(metadata, 'annotations');
  if (view !== null) return checkedView(spec, { name, audience, ...readView(view, annotations) });
  return layer === null ? null : checkedLayer(spec, { name, audience, ...readLayer(layer) });
}

type ViewContent = Pick<KeptView, 'isDefault' | 'query' | 'places'>;

function readView(view: Field, annotations: Readonly<Record<string, string>>): ViewContent {
  warnOfUnknown(view, new Set(['expandPorts', 'layoutType', 'layers', 'nodes', 'positions']));
  const base = parseScreenState(new URLSearchParams(annotations[notes.query] ?? ''));
  const nodes = objectsAt(view, 'nodes').flatMap((node) => {
    warnOfUnknown(node, new Set(['id', 'type', 'name', 'namespace', 'inFocus', 'expanded']));
    const id = requireText(node, 'id');
    return id === null ? [] : [{ id, isOpen: flagAt(node, 'expanded'), isFocus: flagAt(node, 'inFocus') }];
  });
  const focus = nodes.find(({ isFocus }) => isFocus);
  const query = buildScreenQuery({
    ...base,
    level: flagAt(view, 'expandPorts') ? 'port' : base.level,
    layout: layoutOf(view),
    layers: layersOf(view),
    expanded: nodes.flatMap(({ id, isOpen }) => (isOpen ? [id] : [])),
    selection: focus === undefined ? base.selection : { kind: 'node', id: focus.id },
    via: null,
    view: null,
  });
  return { isDefault: annotations[notes.isDefault] === 'true', query, places: placesOf(view) };
}

function layoutOf(view: Field) {
  const text = textAt(view, 'layoutType');
  const layout = layoutNames.find((name) => name === text);
  if (layout === undefined && text !== null) {
    const message = `layoutType is none of ${layoutNames.join(', ')}: ${layoutNames[0]} is taken`;
    view.report('warning', 'unknown-layout', [...view.path, 'layoutType'], message);
  }
  return layout ?? layoutNames[0];
}

function layersOf(view: Field) {
  const texts = textsAt(view, 'layers');
  for (const [index, text] of texts.entries()) {
    if (parseLayerRefs([text]).length > 0) continue;
    const message = `layers[${index}] is not read: a layer is platform, services, or a name with its namespaces as in Front:store-*,ui`;
    view.report('warning', 'unknown-layer', [...view.path, 'layers', index], message);
  }
  return parseLayerRefs(texts);
}

function placesOf(view: Field): Places | null {
  if (isAbsent(at(view, 'positions'))) return null;
  const entries = objectsAt(view, 'positions').map((position) => [
    at(position, 'id').value,
    [at(position, 'xPos').value, at(position, 'yPos').value],
  ]);
  const read = newPositionsSchema.safeParse({ places: Object.fromEntries(entries) });
  if (read.success) return read.data.places;
  const message = 'positions take the keys and places that an export wrote: id, xPos and yPos in pixels';
  view.report('error', 'bad-positions', [...view.path, 'positions'], message);
  return null;
}

type LayerContent = Pick<KeptLayer, 'namespaces' | 'selector'>;

function readLayer(layer: Field): LayerContent {
  warnOfUnknown(layer, new Set(['nodes', 'namespaceSelector', 'icon', 'color']));
  const selector = objectAt(layer, 'namespaceSelector');
  const namespaces = objectsAt(layer, 'nodes').flatMap((node) => {
    const [type, name] = [textAt(node, 'type'), requireText(node, 'name')];
    if (type === 'namespace' && name !== null) return [name];
    const message = 'a layer holds namespaces: give type namespace, and its name or a pattern';
    node.report('error', 'no-namespace', [...node.path, 'type'], message);
    return [];
  });
  if (selector === null) return { namespaces, selector: null };
  const read = newLayerSchema.shape.namespaceSelector.safeParse(selector.value);
  if (read.success && read.data !== undefined) return { namespaces, selector: read.data };
  const message = `namespaceSelector: ${read.error?.issues[0]?.message ?? 'is wrong'}`;
  selector.report('error', 'bad-selector', selector.path, message);
  return { namespaces, selector: null };
}

/** Held against what the API takes, so that a file brings in nothing else. */
function checkedView(spec: Field, view: KeptView): KeptView | null {
  const { name, audience, query, isDefault } = view;
  const read = newViewSchema.safeParse({ name, audience, query, isDefault });
  if (isDefault && audience.kind !== 'team') {
    spec.report('error', 'no-default', spec.path, `${notes.isDefault} is for the views of a team`);
    return null;
  }
  return read.success ? { ...view, name: read.data.name } : refused(spec, read.error.issues[0]);
}

function checkedLayer(spec: Field, layer: KeptLayer): KeptLayer | null {
  const { name, audience, namespaces, selector } = layer;
  const named = selector === null || namespaces.length > 0 ? { namespaces } : {};
  const which = selector === null ? named : { ...named, namespaceSelector: selector };
  const read = newLayerSchema.safeParse({ name, audience, ...which });
  return read.success ? { ...layer, name: read.data.name } : refused(spec, read.error.issues[0]);
}

const fields: Readonly<Record<string, string>> = { name: 'description', namespaces: 'layer' };

function refused(
  spec: Field,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): null {
  const key = fields[String(issue?.path[0] ?? '')] ?? 'view';
  spec.report('error', 'bad-value', [...spec.path, key], `${key}: ${issue?.message ?? 'is wrong'}`);
  return null;
}
