import type { IngestResult } from '#lib/contracts/ingest.ts';

/** A file on its way in, or what became of it. */
export type UploadedFile = {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** null: what the records say. */
  readonly cluster: string | null;
  readonly state: FileState;
  readonly cancel: () => void;
};

export type FileState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly sent: number }
  | { readonly kind: 'done'; readonly result: IngestResult }
  | { readonly kind: 'failed'; readonly error: Error };
