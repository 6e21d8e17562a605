import { useShortList } from '#components/ui/short-list.tsx';

/** Labels of Kubernetes, `key=value`; nothing where there are none. */
export function LabelList({ labels }: { readonly labels: readonly string[] }) {
  const list = useShortList(labels, 8, 'labels');
  if (labels.length === 0) return null;
  return (
    <ul aria-label="Labels" className="mt-2 flex flex-wrap gap-1">
      {list.shown.map((label) => (
        <li
          key={label}
          className="max-w-full rounded-[5px] border border-line px-1.5 py-px font-mono text-[11px] break-all text-muted"
        >
          {label}
        </li>
      ))}
      {list.more && <li>{list.more}</li>}
    </ul>
  );
}
