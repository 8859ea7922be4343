/** An access token of the demo client. */
export async function tokenOf(url, { clientId, clientSecret }) {
  const answer = await fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  return (await answer.json()).access_token;
}
