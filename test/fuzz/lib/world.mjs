/** What requests may refer to: credentials that are good, and ids of things that are there. */
export class World {
  constructor(url, credentials) {
    this.url = url;
    this.credentials = credentials;
    this.tokens = {};
    /** By dialect: what parameters of paths must be for the credentials to fit. */
    this.own = {};
    /** Numbers and UUIDs that answers held, the latest ones. */
    this.ids = ['1'];
    /** What stands for the ids of the documents' examples in bodies of feelback. */
    this.standIns = {};
  }

  /** Signs in anew: a request may have ended a session or rotated a key. */
  async refresh() {
    const { insiderConnect, sourceImport, userFeedback, admin } = this.credentials;
    this.tokens['source-import'] = sourceImport.apiKey;
    const { apiKey, ...place } = userFeedback;
    this.tokens['user-feedback'] = apiKey;
    this.own['user-feedback'] = place;
    const { clientId: client_id, clientSecret: client_secret } = insiderConnect;
    const grant = { grant_type: 'client_credentials', client_id, client_secret };
    const token = await this.post('/connect/token', new URLSearchParams(grant));
    if (token.access_token) this.tokens['insider-connect'] = token.access_token;
    const session = await this.post('/api/auth/sign-in', JSON.stringify(admin));
    if (session.accessToken) this.tokens.admin = this.tokens['scoped-feedback'] = session.accessToken;
  }

  /** Things of their own that a request may change or remove without ending the whole run. */
  async prepare() {
    await this.refresh();
    const create = (path, body) => this.post(path, JSON.stringify(body), this.tokens.admin);
    const project = await create('/api/admin/projects', { name: `Fuzz ${process.pid}`, timeZone: 'UTC' });
    const client = await create('/api/admin/oauth-clients', { name: 'Fuzz', projectId: project.id });
    const user = await create('/api/admin/users', {
      email: `fuzz-${process.pid}@example.com`,
      password: 'correct horse battery staple',
      role: 'member',
    });
    await this.prepareContent(create, project.id);
    this.expendable = [project.id, client.id, user.id, client.channelId].filter(Boolean).map(String);
  }

  /** A key, and content in a project of its own, which nothing archives. */
  async prepareContent(create, expendableProject) {
    const make = (path, body) => create(`/api/admin/${path}`, body);
    const { key } = await make('api-keys', { dialect: 'feelback', name: 'Fuzz', level: 'owner' });
    this.tokens.feelback = key;
    const { id: projectId } = await make('projects', { name: `Content ${process.pid}`, timeZone: 'UTC' });
    const set = { projectId, key: 'fuzz', name: 'Fuzz', schema: 'pulse', publicAggregates: true };
    const { id: setId } = await make('content-sets', set);
    const content = await make(`content-sets/${setId}/contents`, { key: 'fuzz' });
    this.standIns = {
      '"1"': `"${expendableProject}"`,
      '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10': setId,
      '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11': content.id,
    };
  }

  learn(text) {
    for (const [, id] of text.matchAll(/"(?:id|data)":"?([0-9a-f-]{36}|\d+)"?/g)) this.ids.push(id);
    if (this.ids.length > 200) this.ids.splice(0, this.ids.length - 200);
  }

  /** The memory of the server, in MB. */
  async rss() {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const bytes = Number(/^chorus_process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
    return Math.round(bytes / 1024 / 1024);
  }

  async post(path, body, token) {
    const type = typeof body === 'string' ? { 'Content-Type': 'application/json' } : {};
    const authorization = token ? { Authorization: `Bearer ${token}` } : {};
    const answer = await fetch(this.url + path, {
      method: 'POST',
      headers: { ...type, ...authorization },
      body,
    });
    return answer.json();
  }
}
