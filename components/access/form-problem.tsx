import { CircleAlert } from 'lucide-react';

/** Why a form was not taken, said where the next try begins. */
export function FormProblem({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <div
      role="alert"
      className="flex gap-2.5 rounded-[7px] border border-denied/40 bg-denied/8 px-3 py-2.5 text-[13px]"
    >
      <CircleAlert aria-hidden className="mt-px size-4 shrink-0 text-denied" />
      <div>
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 text-muted">{detail}</p>
      </div>
    </div>
  );
}
