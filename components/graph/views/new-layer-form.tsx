import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { usePutLayer } from '#lib/client/layer-queries.ts';
import { problemText } from '#lib/client/problem-words.ts';
import type { LayerRef } from '#lib/contracts/layer-ref.ts';
import type { LayerList } from '#lib/contracts/layers.ts';
import { labelsOfText, namesOf, readLayerRef } from './layer-rows.ts';
import { audienceKey, audienceText } from './view-words.ts';

/** A name, and which namespaces it stands for: by name, by pattern or by label. */
export function NewLayerForm({
  audiences,
  onMade,
  onCancel,
}: {
  readonly audiences: LayerList['audiences'];
  readonly onMade: (ref: LayerRef | null) => void;
  readonly onCancel: () => void;
}) {
  const [name, setName] = useState('');
  const [by, setBy] = useState<'names' | 'labels'>('names');
  const [text, setText] = useState('');
  const [key, setKey] = useState('personal');
  const put = usePutLayer();
  const audience = audiences.find((one) => audienceKey(one) === key) ?? { kind: 'personal' };
  const labels = by === 'labels' ? labelsOfText(text) : null;
  const isUnreadable = by === 'labels' && text.trim() !== '' && labels === null;
  return (
    <form
      aria-label="New layer"
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isUnreadable) return;
        const which =
          by === 'names'
            ? { namespaces: namesOf(text) }
            : { namespaceSelector: { matchLabels: labels ?? {}, matchExpressions: [] } };
        put.mutate({ name, audience, ...which }, { onSuccess: ({ ref }) => onMade(readLayerRef(ref)) });
      }}
    >
      <TextField
        label="Name of the layer"
        value={name}
        required
        maxLength={60}
        placeholder="Money"
        onChange={({ target }) => setName(target.value)}
      />
      <SelectField
        label="Its namespaces"
        value={by}
        choices={[
          { value: 'names', name: 'By name or pattern' },
          { value: 'labels', name: 'By label' },
        ]}
        onChange={(next) => setBy(next === 'labels' ? 'labels' : 'names')}
      />
      <TextField
        label={by === 'names' ? 'Names, * for any text' : 'Labels'}
        value={text}
        required
        placeholder={by === 'names' ? 'pay-*, bank' : 'team=money'}
        problem={isUnreadable ? 'Write labels like team=money, with commas between them.' : undefined}
        onChange={({ target }) => setText(target.value)}
      />
      {audiences.length > 1 && (
        <SelectField
          label="For"
          value={key}
          choices={audiences.map((one) => ({ value: audienceKey(one), name: audienceText(one) }))}
          onChange={setKey}
        />
      )}
      {put.error !== null && (
        <p role="alert" className="text-xs text-denied">
          {problemText(put.error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={put.isPending}>
          {put.isPending ? 'Saving …' : 'Make the layer'}
        </Button>
      </div>
    </form>
  );
}
