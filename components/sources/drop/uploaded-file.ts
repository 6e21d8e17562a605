import type { Uploaded } from '#lib/client/upload-flows.ts';

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
  | ({ readonly kind: 'done' } & Uploaded)
  | { readonly kind: 'failed'; readonly error: Error };
