import type { Fetcher, FetcherParams, FetcherReturnType } from '@graphiql/toolkit';
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { accessToken } from './session';

const ENDPOINT = '/graphql';

/** Sends one operation by POST and answers the server's result, whatever its status. */
export async function post(params: FetcherParams, headers: Headers = new Headers()) {
  headers.set('content-type', 'application/json');
  headers.set('accept', 'application/graphql-response+json, application/json');
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers,
    body: JSON.stringify(params),
    credentials: 'same-origin',
  }).catch(() => {
    throw new Error('The server could not be reached.');
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} without a GraphQL result. ${text}`.trim());
  }
}

/** The fetcher of the page: subscriptions by WebSocket, everything else by POST. */
export const fetcher: Fetcher = (params, options) => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));
  const token = accessToken();
  if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  return isSubscription(params) ? subscribe(params, headers.get('authorization')) : post(params, headers);
};

function isSubscription({ query, operationName }: FetcherParams): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false; // Not parsable: the server says why.
  }
}

/** One socket per subscription, so that each is sent with the sign-in of its moment. */
function subscribe(params: FetcherParams, authorization: string | null): FetcherReturnType {
  const url = new URL(ENDPOINT, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const client = createClient({
    url: url.href,
    connectionParams: authorization ? { authorization } : {},
    retryAttempts: 0,
  });
  const results = client.iterate(params);
  const stream: AsyncIterableIterator<any> = {
    [Symbol.asyncIterator]: () => stream,
    next: () => results.next().catch(inWords),
    return: () => results.return!(),
  };
  return stream;
}

/** A socket that closes is reported as an event, which would be shown as `{}`. */
function inWords(problem: unknown): never {
  if (problem instanceof CloseEvent) {
    throw new Error(`The subscription's connection closed: ${problem.reason || 'no reason given'} (${problem.code}).`);
  }
  throw problem instanceof Event ? new Error('The subscription could not connect to the server.') : problem;
}
