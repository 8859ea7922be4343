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
      'user-feedback: a feedback',
      `curl -s ${baseUrl}/api/projects/${read('c.userFeedback.projectId')}/channels/${read('c.userFeedback.channelId')}/feedbacks ` +
        `-H "x-api-key: ${read('c.userFeedback.apiKey')}" -H 'Content-Type: application/json' ` +
        `-d '{"message":"I cannot pay.","issueNames":["payment"]}'`,
    ],
    [
      'feelback: a reaction of anybody',
      `curl -s ${baseUrl}/v0/feelbacks/create -H 'Content-Type: application/json' ` +
        `-d "${read('JSON.stringify([{contentSetId:c.feelback.contentSets.reaction,key:"hello",value:"heart"}])')}"`,
    ],
    [
      'source-import: a row',
      `curl -s ${baseUrl}/api/v1/source/import -H "X-API-KEY: ${read('c.sourceImport.apiKey')}" -H 'Content-Type: application/json' ` +
        `-d "${read('JSON.stringify({source_id:c.sourceImport.sourceId,payload:[{date:"2024-03-08 00:29:00",name:"User 1",content:"Feedback 1"}]})')}"`,
    ],
    [
      'scoped-feedback: a feedback of the demo server',
      `curl -s ${baseUrl}/v1/feedback -H 'Content-Type: application/json' ` +
        `-H "X-Server-Id: ${read('c.scopedFeedback.server.id')}" ` +
        `-H "Authorization: Bearer ${read('c.scopedFeedback.server.secret')}" ` +
        `-d "${read('JSON.stringify({scope:{type:"server",id:c.scopedFeedback.server.id},authorId:"player-1",title:"Missing banner",description:"The banner of the shop is not shown."})')}"`,
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
