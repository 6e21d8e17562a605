import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { useLayers, useRemoveLayer } from '#lib/client/layer-queries.ts';
import { problemText } from '#lib/client/problem-words.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { plural } from '#lib/kit/format-number.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { type LayerRow, layerRows, withLayer } from './layer-rows.ts';
import { NewLayerForm } from './new-layer-form.tsx';
import { audienceText } from './view-words.ts';

/** Groups of namespaces: which of them are one node, and the making of another. */
export function LayersSection({ layers: on }: Pick<ScreenState, 'layers'>) {
  const layers = useLayers();
  const remove = useRemoveLayer();
  const [isMaking, setMaking] = useState(false);
  if (layers.isError) return <p className="px-4 pb-3 text-xs text-muted">{problemText(layers.error)}</p>;
  if (!layers.data) return null;
  const rows = layerRows(layers.data.layers, on);
  const toggle = ({ ref, isOn }: LayerRow) => {
    if (ref === null) return;
    changeScreenState({ layers: isOn ? on.filter((other) => other !== ref) : withLayer(on, ref) });
  };
  return (
    <section aria-label="Layers" className="flex flex-col gap-2 border-t border-hairline px-4 pt-3 pb-3">
      <div className="flex items-center justify-between">
        <h3 className="text-xs font-semibold text-muted">Layers: namespaces as one node</h3>
        {!isMaking && <Button onClick={() => setMaking(true)}>New layer</Button>}
      </div>
      {rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <li key={row.key} className="flex items-center gap-1">
              <label className="flex min-w-0 flex-1 items-start gap-2 py-1">
                <input
                  type="checkbox"
                  checked={row.isOn}
                  disabled={row.ref === null}
                  onChange={() => toggle(row)}
                  className="mt-0.5 size-4 shrink-0 accent-(--accent)"
                />
                <span className="min-w-0">
                  <span className="block truncate font-medium">{row.name}</span>
                  <span className="block truncate text-xs text-muted" title={row.namespaces.join(', ')}>
                    {aboutText(row)}
                  </span>
                </span>
              </label>
              {row.stored?.mayChange && (
                <IconButton
                  label={`Delete the layer ${row.name}`}
                  disabled={remove.isPending}
                  onClick={() => {
                    if (row.isOn) toggle(row);
                    remove.mutate(row.key);
                  }}
                >
                  <Trash2 />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {remove.error !== null && (
        <p role="alert" className="text-xs text-denied">
          {problemText(remove.error)}
        </p>
      )}
      {isMaking && (
        <NewLayerForm
          audiences={layers.data.audiences}
          onMade={(ref) => {
            setMaking(false);
            if (ref !== null) changeScreenState({ layers: withLayer(on, ref) });
          }}
          onCancel={() => setMaking(false)}
        />
      )}
    </section>
  );
}

function aboutText({ ref, namespaces, stored }: LayerRow): string {
  const whose = stored === null ? 'of this address' : audienceText(stored.audience);
  if (ref === null) return `${whose} · nothing of it is in your sight`;
  const [first, ...others] = namespaces;
  return `${whose} · ${others.length === 0 ? first : plural(namespaces.length, 'name')}`;
}
