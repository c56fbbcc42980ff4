// The journey by graphql-request, with a header that is asked for at each request and a retry of our own for expired tokens.
import { after, before, test } from 'node:test';
import { ClientError, GraphQLClient } from 'graphql-request';
import { documents } from './journey/documents.mjs';
import { Session, hasExpired } from './journey/session.mjs';
import { openReviews, travel } from './journey/steps.mjs';
import { startServer } from './support/server.mjs';

let server;
before(async () => {
  server = await startServer();
  await openReviews(server.url);
});
after(() => server?.stop());

test('the journey by graphql-request', (t) => travel(t, server, adapter(server.url)));

function adapter(url) {
  const session = new Session();
  const client = new GraphQLClient(`${url}/graphql`, { headers: () => session.headers });
  const bare = new GraphQLClient(`${url}/graphql`);
  const send = (variables) => bare.request(documents.JourneyRefreshMutation, variables);
  async function run(name, variables) {
    try {
      return await client.request(documents[name], variables);
    } catch (error) {
      if (!(error instanceof ClientError && hasExpired(error.response.errors))) throw error;
      await session.refresh(send);
      return client.request(documents[name], variables);
    }
  }
  return { session, run };
}
