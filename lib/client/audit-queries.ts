'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { auditPageSchema } from '#lib/contracts/audit.ts';
import { apiFetch } from './api-fetch.ts';

/** Which rows are meant, as the API wants it; what is left out is all of them. */
export type AuditChoice = {
  readonly from?: string;
  readonly actor?: string;
  readonly kind?: string;
  readonly namespace?: string;
};

/** The audit log, page by page; the rows of the choice before stay until those of the next are there. */
export function useAudit(choice: AuditChoice) {
  return useInfiniteQuery({
    queryKey: ['audit', choice],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      apiFetch({
        path: '/audit',
        query: { ...choice, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        schema: auditPageSchema,
        signal,
      }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // Looked at again: something may have been added since.
    staleTime: 0,
  });
}

/** Where the same rows are as a file. */
export function auditExportHref(choice: AuditChoice): string {
  const search = new URLSearchParams(choice).toString();
  return `/api/v1/audit/export${search === '' ? '' : `?${search}`}`;
}
