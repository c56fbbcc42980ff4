/** Whom a client acts as. It fetches fresh tokens once, however many requests find the old ones expired at a time. */
export class Session {
  tokens = null;
  refreshes = 0;
  #underway = null;

  get headers() {
    return this.tokens ? { authorization: `Bearer ${this.tokens.accessToken}` } : {};
  }

  keep({ accessToken, refreshToken }) {
    this.tokens = { accessToken, refreshToken };
  }

  /** `send` sends the mutation without these headers; it answers the mutation's data. */
  refresh(send) {
    this.#underway ??= this.#fetch(send).finally(() => {
      this.#underway = null;
    });
    return this.#underway;
  }

  async #fetch(send) {
    const { refreshToken } = this.tokens;
    const { refreshSession } = await send({ input: { refreshToken } });
    if (!refreshSession.session) throw new Error(JSON.stringify(refreshSession.userErrors));
    this.keep(refreshSession.session);
    this.refreshes += 1;
  }
}

/** Is this an error of the server that fresh tokens mend? */
export const hasExpired = (errors) => (errors ?? []).some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
