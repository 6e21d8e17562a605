import type { ReactNode } from 'react';

/** A card with a table in it; each row is a `SettingsRow`. */
export function SettingsTable({
  caption,
  columns,
  children,
}: {
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly width: string; readonly isHidden?: boolean }[];
  readonly children: ReactNode;
}) {
  return (
    <div className="overflow-x-auto rounded-[10px] border border-line bg-surface">
      <table className="w-full min-w-[760px] table-fixed border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {columns.map(({ name, width }) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ name, isHidden = false }) => (
              <th
                key={name}
                scope="col"
                className="h-9 border-b border-line px-3 text-left text-xs font-medium text-muted first:pl-4 last:pr-4"
              >
                {isHidden ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-0">{children}</tbody>
      </table>
    </div>
  );
}

const cell = 'border-b border-hairline px-3 py-2 align-top break-words first:pl-4 last:pr-4';

/** A row; the first of its cells names it. */
export function SettingsRow({
  name,
  cells,
}: {
  readonly name: ReactNode;
  readonly cells: readonly { readonly key: string; readonly shown: ReactNode }[];
}) {
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-medium`}>
        {name}
      </th>
      {cells.map(({ key, shown }) => (
        <td key={key} className={cell}>
          {shown}
        </td>
      ))}
    </tr>
  );
}

/** Small words in boxes: rights, groups. */
export function Tags({ names, none }: { readonly names: readonly string[]; readonly none: string }) {
  if (names.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul className="flex flex-wrap gap-1">
      {names.map((name) => (
        <li
          key={name}
          className="max-w-full rounded-[5px] border border-line bg-ground px-1.5 text-xs leading-5 break-words"
        >
          {name}
        </li>
      ))}
    </ul>
  );
}
