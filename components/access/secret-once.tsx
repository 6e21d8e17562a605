'use client';

import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';

/** A secret that nothing shows a second time. */
export function SecretOnce({
  name,
  secret,
  onDone,
  children,
}: {
  readonly name: string;
  readonly secret: string;
  readonly onDone: () => void;
  readonly children: string;
}) {
  return (
    <div className="flex flex-col gap-4">
      <p className="leading-relaxed text-muted" role="status">
        {children}
      </p>
      <CodeBlock name={name} text={secret} />
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          I have kept it
        </Button>
      </div>
    </div>
  );
}
