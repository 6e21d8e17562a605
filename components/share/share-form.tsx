import type { ComponentProps } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { problemWords } from '#lib/client/problem-words.ts';

/** How long what is shared can be good for. */
const lifeNames = {
  '7d': 'A week',
  '30d': '30 days',
  '90d': '90 days',
  '365d': 'A year',
  revoked: 'Until it is revoked',
} as const;

type Life = keyof typeof lifeNames;

/** What it is called or for whom it is, beside how long it is to last. */
export function TextAndLife<L extends Life>({
  text,
  onText,
  lifeLabel = 'Good for',
  life,
  lives,
  onLife,
}: {
  readonly text: Omit<ComponentProps<typeof TextField>, 'onChange'>;
  readonly onText: (text: string) => void;
  readonly lifeLabel?: string;
  readonly life: L;
  readonly lives: readonly L[];
  readonly onLife: (life: L) => void;
}) {
  return (
    <div className="grid grid-cols-[1fr_130px] gap-2">
      <TextField
        maxLength={200}
        autoComplete="off"
        {...text}
        onChange={({ target }) => onText(target.value)}
      />
      <SelectField
        label={lifeLabel}
        value={life}
        choices={lives.map((value) => ({ value, name: lifeNames[value] }))}
        onChange={(value) => onLife(lives.find((one) => one === value) ?? life)}
      />
    </div>
  );
}

/** Why it was not made, and the button that makes it. */
export function MakeButton({
  error,
  problem,
  isBusy,
  busyText = 'Making …',
  children,
}: {
  readonly error: Error | null;
  /** What is said where something went wrong. */
  readonly problem: string;
  readonly isBusy: boolean;
  readonly busyText?: string;
  readonly children: string;
}) {
  const words = error && problemWords(error, problem);
  return (
    <>
      {words && (
        <p role="alert" className="text-xs text-denied">
          {words.title}. {words.detail}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isBusy} className="self-start">
        {isBusy ? busyText : children}
      </Button>
    </>
  );
}
