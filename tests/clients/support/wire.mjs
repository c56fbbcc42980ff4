// GraphQL by plain HTTP, for what a test does beside its client.

/** Posts one operation; answers the status and the whole body. */
export async function ask(url, query, { variables, token, operationName } = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return { status: response.status, body: await response.json() };
}

/** The data of an operation that has to go well. */
export async function data(url, query, options) {
  const { body } = await ask(url, query, options);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

/** The access token of somebody who has an account. */
export async function signIn(url, email, password) {
  const { login } = await data(
    url,
    `mutation ($input: LoginInput!) {
      login(input: $input) { outcome { ... on Session { accessToken } } userErrors { code } } }`,
    { variables: { input: { email, password } } },
  );
  if (!login.outcome) throw new Error(JSON.stringify(login.userErrors));
  return login.outcome.accessToken;
}
