import { signIn as operation } from './examples';
import { post } from './fetcher';

export type Session = { email: string; accessToken: string; expiresAt: string };

const KEY = 'lectern:session';
const listeners = new Set<() => void>();
let current = read();

/** The token to send, or nothing once it has expired. */
export function accessToken(): string | undefined {
  if (current && hasExpired(current)) keep(null);
  return current?.accessToken;
}

export const session = () => current;

export function onSessionChange(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const signOut = () => keep(null);

/** Signs in with the `login` mutation. Throws an error whose message says what was wrong. */
export async function signIn(email: string, password: string): Promise<void> {
  const result = await post({
    query: operation.query,
    operationName: 'SignIn',
    variables: { email, password },
  });
  const { outcome, userErrors } = result.data?.login ?? {};
  if (outcome?.accessToken) {
    keep({
      email: outcome.user?.email ?? email,
      accessToken: outcome.accessToken,
      expiresAt: outcome.expiresAt,
    });
    return;
  }
  const problems: { message: string }[] = [...(userErrors ?? []), ...(result.errors ?? [])];
  throw new Error(problems.map(({ message }) => message).join(' ') || 'The server did not sign you in.');
}

/** In sessionStorage only: closing the tab forgets it. */
function keep(next: Session | null) {
  current = next;
  if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

function read(): Session | null {
  try {
    const stored: Session | null = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return stored && !hasExpired(stored) ? stored : null;
  } catch {
    return null;
  }
}

function hasExpired({ expiresAt }: Session): boolean {
  return Date.parse(expiresAt) <= Date.now();
}
