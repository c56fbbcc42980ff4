import { useState, useSyncExternalStore, type FormEvent } from 'react';
import { onSessionChange, session, signIn, signOut } from './session';

const DEMO_PASSWORD = 'lectern-demo';
const DEMO_USERS = ['admin', 'teacher', 'student'];

/** The bar above GraphiQL: who is signed in, or the means to sign in. */
export function SignInBar() {
  const current = useSyncExternalStore(onSessionChange, session);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  async function enter(email: string, password: string) {
    setBusy(true);
    setProblem('');
    try {
      await signIn(email, password);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void enter(String(form.get('email')), String(form.get('password')));
  }

  return (
    <header className="sign-in">
      <h1>Lectern GraphiQL</h1>
      {current ? (
        <>
          <p role="status">
            Signed in as <strong>{current.email}</strong>
          </p>
          <button type="button" onClick={signOut}>
            Sign out
          </button>
        </>
      ) : (
        <>
          <form onSubmit={submit} aria-label="Sign in">
            <input name="email" type="email" aria-label="E-mail" placeholder="E-mail" autoComplete="username" required />
            <input
              name="password"
              type="password"
              aria-label="Password"
              placeholder="Password"
              autoComplete="current-password"
              required
            />
            <button type="submit" disabled={busy}>
              Sign in
            </button>
          </form>
          <div className="demo" role="group" aria-label="Demo sign-ins">
            <span aria-hidden="true">demo:</span>
            {DEMO_USERS.map((name) => (
              <button
                key={name}
                type="button"
                disabled={busy}
                aria-label={`Sign in as demo ${name}`}
                title={`${name}@lectern.test`}
                onClick={() => enter(`${name}@lectern.test`, DEMO_PASSWORD)}
              >
                {name}
              </button>
            ))}
          </div>
          {problem && <p role="alert">{problem}</p>}
        </>
      )}
    </header>
  );
}
