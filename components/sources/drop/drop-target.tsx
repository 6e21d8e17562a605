'use client';

import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';

/** The whole window takes files; while one is held over it, it says so. */
export function DropTarget({
  cluster,
  onDrop,
}: {
  readonly cluster: string | null;
  readonly onDrop: (files: readonly File[]) => void;
}) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Entering a child leaves its parent: only the balance tells whether the pointer is still inside.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      onDrop([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [onDrop]);
  if (!isOver) return null;
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-ground/80 p-6"
    >
      <div className="flex h-full w-full flex-col items-center justify-center gap-3 rounded-[16px] border-2 border-dashed border-accent">
        <span className="flex size-14 items-center justify-center rounded-[14px] bg-accent-soft text-accent">
          <FileDown aria-hidden className="size-7" />
        </span>
        <p className="text-lg font-semibold">Drop flow logs to ingest them</p>
        <p className="text-muted">
          {cluster === null
            ? 'Into the cluster that the records name. Plain, gzip or zstd; a file counts once.'
            : `Into the cluster ${cluster}. Plain, gzip or zstd; a file counts once.`}
        </p>
      </div>
    </div>
  );
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
