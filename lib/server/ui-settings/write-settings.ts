import { createHash } from 'node:crypto';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import { yamlText } from '#lib/inventory/to-yaml.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import {
  apiVersion,
  everyonesGroup,
  type KeptLayer,
  type KeptSettings,
  type KeptView,
  notes,
  type SharedAudience,
} from './model.ts';

/** Views and layers as YAML, the same for the same: a group for each audience, and one document for each. */
export function writeSettings({ views, layers }: KeptSettings): string {
  const audiences = new Map([...views, ...layers].map(({ audience }) => [groupOf(audience), audience]));
  const documents = [
    ...[...audiences]
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([, audience]) => groupDocument(audience)),
    ...layers.map(layerDocument),
    ...views.map(viewDocument),
  ];
  return documents.map((document) => yamlText(document)).join('---\n');
}

function groupOf(audience: SharedAudience): string {
  return audience.kind === 'everyone' ? everyonesGroup : `team-${nameOf(audience.team)}`;
}

function groupDocument(audience: SharedAudience): unknown {
  const isTeams = audience.kind === 'team';
  return {
    apiVersion,
    kind: 'UISettingsGroup',
    metadata: {
      name: groupOf(audience),
      ...(isTeams ? { annotations: { [notes.team]: audience.team } } : {}),
    },
    spec: { description: isTeams ? `Team ${audience.team}` : 'Everyone', filterType: 'None' },
  };
}

function layerDocument({ name, audience, namespaces, selector }: KeptLayer): unknown {
  const group = groupOf(audience);
  const nodes = namespaces.map((namespace) => ({
    id: `namespace/${namespace}`,
    type: 'namespace',
    name: namespace,
  }));
  return {
    apiVersion,
    kind: 'UISettings',
    metadata: { name: `${group}.layer-${nameOf(name)}` },
    spec: {
      group,
      description: name,
      layer: selector === null ? { nodes } : { nodes: [], namespaceSelector: selector },
    },
  };
}

function viewDocument({ name, audience, isDefault, query, places }: KeptView): unknown {
  const group = groupOf(audience);
  const state = parseScreenState(new URLSearchParams(query));
  const rest = restOf(state);
  const annotations = {
    ...(rest === '' ? {} : { [notes.query]: rest }),
    ...(isDefault ? { [notes.isDefault]: 'true' } : {}),
  };
  return {
    apiVersion,
    kind: 'UISettings',
    metadata: {
      name: `${group}.${nameOf(name)}`,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      group,
      description: name,
      view: {
        expandPorts: state.level === 'port',
        layoutType: state.layout,
        ...(state.layers.length === 0 ? {} : { layers: [...state.layers] }),
        ...nodesOf(state),
        ...(places === null ? {} : { positions: positionsOf(places) }),
      },
    },
  };
}

/** What a view of Calico's has no word for. */
function restOf(state: ScreenState): string {
  return buildScreenQuery({
    ...state,
    level: state.level === 'port' ? 'namespace' : state.level,
    layout: 'layered',
    layers: [],
    expanded: [],
    selection: state.selection?.kind === 'node' ? null : state.selection,
  });
}

function nodesOf({ expanded, selection }: ScreenState) {
  const focus = selection?.kind === 'node' ? selection.id : null;
  const ids = [...new Set([...expanded, ...(focus === null ? [] : [focus])])];
  if (ids.length === 0) return {};
  const open = new Set(expanded);
  return {
    nodes: ids.map((id) => ({
      ...nodeDocument(id),
      ...(id === focus ? { inFocus: true } : {}),
      ...(open.has(id) ? { expanded: true } : {}),
    })),
  };
}

function nodeDocument(id: string) {
  const [, type = 'unknown', rest = ''] = id.split(/\/(.*?)(?:\/(.*))?$/s);
  const [namespace, name] = rest.includes('/') ? rest.split('/', 2) : [null, rest];
  return { id, type, name, ...(namespace === null ? {} : { namespace }) };
}

/** In whole pixels, as Calico's field takes them. */
function positionsOf(places: NonNullable<KeptView['places']>) {
  return Object.entries(places)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([id, [x, y]]) => ({ id, xPos: Math.round(x), yPos: Math.round(y), zPos: 0 }));
}

/** A name as Kubernetes takes it; the end of it keeps apart what became alike. */
function nameOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return plain === text ? plain : `${plain === '' ? 'x' : plain}-${mark}`;
}
