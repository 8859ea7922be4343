import { type Credentials, credentialsPath } from '#apps/api/src/provisioning/credentials-file.js';
import { bold, say } from './console.js';

/** Tells where everything is, and one line to try per dialect. */
export function announce(baseUrl: string, dataDir: string, credentials: Credentials | undefined): void {
  say(`\n${bold(`Chorus is listening on ${baseUrl}`)}`);
  say(`  Swagger UI   ${baseUrl}/docs`);
  if (!credentials) return;
  say(`  Credentials  ${credentialsPath(dataDir)}\n`);
  say('Try it (the secrets are read from the credentials file):\n');
  for (const [dialect, line] of curlLines(baseUrl, credentialsPath(dataDir)))
    say(`  ${dialect}\n    ${line}\n`);
}

/** One line per dialect. Secrets are read from the file: what is printed may end up in a log. */
function curlLines(baseUrl: string, path: string): [string, string][] {
  const read = (expression: string) =>
    `$(node -p 'const c=JSON.parse(fs.readFileSync(process.argv[1])); ${expression}' ${quoted(path)})`;
  return [
    [
      'insider-connect: a token',
      `curl -s ${baseUrl}/connect/token -d grant_type=client_credentials ` +
        `-d "${read('new URLSearchParams({client_id:c.insiderConnect.clientId,client_secret:c.insiderConnect.clientSecret})+""')}"`,
    ],
    [
      'source-import: a row',
      `curl -s ${baseUrl}/api/v1/source/import -H "X-API-KEY: ${read('c.sourceImport.apiKey')}" -H 'Content-Type: application/json' ` +
        `-d "${read('JSON.stringify({source_id:c.sourceImport.sourceId,payload:[{date:"2024-03-08 00:29:00",name:"User 1",content:"Feedback 1"}]})')}"`,
    ],
    [
      'management: a session',
      `curl -s ${baseUrl}/api/auth/sign-in -H 'Content-Type: application/json' -d "${read('JSON.stringify(c.admin)')}"`,
    ],
  ];
}

/** As one word for a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
