'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { uploadFlows } from '#lib/client/upload-flows.ts';
import { DropTarget } from './drop-target.tsx';
import type { FileState, UploadedFile } from './uploaded-file.ts';
import { Uploads } from './uploads.tsx';

/** `into` names the cluster; else it is the one that is looked at, else what the records say. */
type IngestFiles = (files: readonly File[], into?: string) => void;

const Context = createContext<IngestFiles>(() => undefined);

/** What takes files in, for those who choose one instead of dropping it. */
export function useIngestFiles(): IngestFiles {
  return useContext(Context);
}

/** Takes files in that are dropped anywhere on the window, one after the other, and tells what became of each. */
export function UploadProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const shown = useSearchParams().get('cluster');
  const [files, setFiles] = useState<readonly UploadedFile[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());
  const nextId = useRef(0);

  const ingest = useCallback<IngestFiles>(
    (given, into) => {
      const cluster = into ?? shown;
      const change = (id: number, state: FileState) =>
        setFiles((now) => now.map((file) => (file.id === id ? { ...file, state } : file)));
      for (const file of given) {
        const id = nextId.current;
        nextId.current += 1;
        const abort = new AbortController();
        const state: FileState = { kind: 'waiting' };
        const { name, size } = file;
        setFiles((now) => [...now, { id, name, size, cluster, state, cancel: () => abort.abort() }]);
        const onProgress = (sent: number) => change(id, { kind: 'sending', sent });
        last.current = last.current
          .then(async () => {
            abort.signal.throwIfAborted();
            change(id, { kind: 'sending', sent: 0 });
            const uploaded = await uploadFlows({ file, cluster, signal: abort.signal, onProgress });
            change(id, { kind: 'done', ...uploaded });
          })
          .catch((error: unknown) => {
            if (abort.signal.aborted) setFiles((now) => now.filter((other) => other.id !== id));
            else
              change(id, {
                kind: 'failed',
                error: error instanceof Error ? error : new Error(String(error)),
              });
          })
          // A file that was refused changes the quarantine.
          .then(() => client.invalidateQueries());
      }
    },
    [client, shown],
  );
  const dismiss = useMemo(() => (id: number) => setFiles((now) => now.filter((file) => file.id !== id)), []);
  return (
    <Context value={ingest}>
      {children}
      <Uploads files={files} onDismiss={dismiss} />
      <DropTarget cluster={shown} onDrop={ingest} />
    </Context>
  );
}
