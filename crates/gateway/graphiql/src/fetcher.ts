import type { Fetcher, FetcherParams, FetcherReturnType } from '@graphiql/toolkit';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
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
    throw problem('The server could not be reached.');
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw problem(`The server answered ${response.status} without a GraphQL result. ${text}`.trim());
  }
}

/** The fetcher of the page: subscriptions by WebSocket, everything else by POST. */
export const fetcher: Fetcher = (params, options) => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));
  const token = accessToken();
  if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);

  // GraphiQL learns a tab's operation name a moment after the tab is opened, and
  // until then gives that of the tab before: a lone operation goes by its own name.
  const operations = operationsOf(params.query);
  const named = operations.find(({ name }) => name?.value === params.operationName);
  const operation = operations.length === 1 ? operations[0] : named;
  if (operation) params = { ...params, operationName: operation.name?.value };

  return operation?.operation === 'subscription'
    ? subscribe(params, headers.get('authorization'))
    : post(params, headers);
};

function operationsOf(query: string): OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return []; // Not parsable: the server says why.
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
function inWords(cause: unknown): never {
  if (cause instanceof CloseEvent) {
    throw problem(`The subscription's connection closed: ${cause.reason || 'no reason given'} (${cause.code}).`);
  }
  throw cause instanceof Event ? problem('The subscription could not connect to the server.') : cause;
}

/** An error for the reader of the result pane, which would show its stack as well. */
function problem(message: string): Error {
  const error = new Error(message);
  delete error.stack;
  return error;
}
