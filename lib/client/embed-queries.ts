'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type EmbedPicture,
  type EmbedSession,
  embedPictureSchema,
  embedSchema,
  embedSessionSchema,
  embedsSchema,
  type NewEmbed,
} from '#lib/contracts/embeds.ts';
import { ApiError, apiFetch } from './api-fetch.ts';

const key = ['embeds'] as const;

/** The embeds of one's own links, newest first. */
export function useEmbeds() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => apiFetch({ path: '/embeds', schema: embedsSchema, signal }),
    staleTime: 0,
  });
}

export function useCreateEmbed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewEmbed) =>
      apiFetch({ path: '/embeds', method: 'POST', body: wanted, schema: embedSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRevokeEmbed(embedKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      apiFetch({ path: '/embeds', method: 'DELETE', query: { key: embedKey }, schema: embedSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** A picture is made once a minute. */
const refreshMs = 60_000;

/** The picture of an embed, newly asked for while somebody looks; what it is asked with stays in this frame's memory. */
export function useEmbedPicture(id: string) {
  const [read] = useState(() => pictureReader(id));
  return useQuery({
    queryKey: ['embed', id],
    queryFn: ({ signal }) => read(signal),
    refetchInterval: ({ state }) => (isOver(state.error) ? false : refreshMs),
    retry: false,
  });
}

/** Whether an answer was that there is nothing to see, and not that nobody could be reached. */
export function isOver(error: Error | null): boolean {
  return error instanceof ApiError && error.problem.status === 404;
}

function pictureReader(id: string): (signal: AbortSignal) => Promise<EmbedPicture> {
  let held: EmbedSession | null = null;
  const ask = async (session: EmbedSession, signal: AbortSignal): Promise<EmbedPicture> => {
    const path = '/embed/graph';
    const picture = await apiFetch({ path, schema: embedPictureSchema, bearer: session.token, signal });
    held = picture.session;
    return picture;
  };
  const begin = (signal: AbortSignal): Promise<EmbedSession> =>
    apiFetch({
      path: '/embed/session',
      method: 'POST',
      body: { id },
      schema: embedSessionSchema,
      bearer: null,
      signal,
    });
  return async (signal) => {
    const session = held;
    if (session !== null) {
      try {
        return await ask(session, signal);
      } catch (error) {
        // A frame that slept has a session that is over; whether there is anything to see is said with the next one.
        if (!(error instanceof ApiError && error.problem.code === 'embed-session-over')) throw error;
        held = null;
      }
    }
    return ask(await begin(signal), signal);
  };
}
