/** Activities that do not come from Teams, or not for this bot, or not as Teams makes them: the outer doors. */
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { exportSPKI, SignJWT } from 'jose';
import { clouds } from '../../bot/clouds.ts';
import { botApp } from '../sandbox/app.ts';
import type { Forgery } from '../sandbox/bot-framework.ts';
import { fineDevice } from '../sandbox/devices.ts';
import type { JsonObject } from '../sandbox/json.ts';
import { signingKeys } from '../sandbox/keys.ts';
import { mia, otherTenantId } from '../sandbox/people.ts';
import type { Door, Doors } from './doors.ts';

/** A command that makes a proposal, once it is let in. */
export const collect = `collect ${fineDevice.id} somebody knocked`;

const forgeries: Readonly<Record<string, readonly [status: 401 | 403, forgery: Forgery]>> = {
  'an activity without a header': [401, { authorization: null }],
  'an activity with an empty header': [401, { authorization: '' }],
  'an activity with another scheme': [401, { authorization: 'Basic bWlhOm1pYQ==' }],
  'an activity with a bearer of nothing': [401, { authorization: 'Bearer ' }],
  'an activity with garbage for a token': [401, { authorization: 'Bearer garbage' }],
  'an activity with three parts of garbage': [401, { authorization: 'Bearer a.b.c' }],
  'an activity with two tokens': [401, { authorization: 'Bearer a.b.c d.e.f' }],
  'an activity signed by a key that nobody published': [401, { signer: 'stranger' }],
  'an activity signed by a stranger under the id of Teams’ key': [
    401,
    { signer: 'stranger', keyId: 'sandbox-teams-1' },
  ],
  'an activity signed by a key of another id': [401, { keyId: 'nobody-knows-this' }],
  'an activity signed by a key that is endorsed for another channel': [403, { signer: 'otherChannel' }],
  'an activity issued by Entra, as an emulator’s or a skill’s': [
    401,
    { signer: 'entra', issuer: `https://sts.windows.net/${otherTenantId}/` },
  ],
  'an activity issued by Entra v2.0 of the bot’s own tenant': [
    401,
    { signer: 'entra', issuer: `https://login.microsoftonline.com/${mia.tenantId}/v2.0` },
  ],
  'an activity of Teams’ key with an emulator’s issuer': [401, { issuer: `https://sts.windows.net/${otherTenantId}/` }],
  'an activity of another issuer': [401, { issuer: 'https://api.evil.example' }],
  'an activity of the government’s issuer': [401, { issuer: clouds.dod.tokenIssuer }],
  'an activity for another bot': [401, { audience: 'b07b07b0-9999-4999-8999-000000000009' }],
  'an activity for the Bot Framework itself': [401, { audience: 'https://api.botframework.com' }],
  'an activity whose token has expired': [401, { expiresIn: -900, notBefore: -4000 }],
  'an activity whose token begins in the future': [401, { notBefore: 900 }],
  'an activity without a signature': [401, { algorithm: 'none' }],
  'an activity for another service URL': [403, { serviceUrl: 'https://smba.trafficmanager.net/teams/' }],
  'an activity for the same service URL with another path': [403, { serviceUrl: 'https://127.0.0.1/emea/' }],
};

/** Rightly signed, and yet not to be answered: what the bot says would go to that address. */
const strangers: Readonly<Record<string, (host: string) => JsonObject>> = {
  'no service URL': () => ({ serviceUrl: null }),
  'a service URL that is no text': () => ({ serviceUrl: 7 }),
  'an empty service URL': () => ({ serviceUrl: '' }),
  'a service URL that is none': () => ({ serviceUrl: 'smba' }),
  'a service URL on another host': () => ({ serviceUrl: 'https://evil.example/emea/' }),
  'a service URL over http': (host) => ({ serviceUrl: `http://${host}/emea/` }),
  'a service URL with a user in it': (host) => ({ serviceUrl: `https://user@${host}/emea/` }),
  'a service URL with a user and password in it': (host) => ({ serviceUrl: `https://user:secret@${host}/emea/` }),
  'the allowed host as the user of another': (host) => ({ serviceUrl: `https://${host}@evil.example/emea/` }),
  'the allowed host with another port': (host) => ({ serviceUrl: `https://${host.split(':')[0]}:1/emea/` }),
  'the allowed host as a subdomain of another': () => ({ serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }),
  'a subdomain of the allowed host': () => ({ serviceUrl: 'https://evil.smba.trafficmanager.net/' }),
  'the allowed host behind a backslash': (host) => ({ serviceUrl: `https://evil.example\\@${host}/` }),
  'another channel': () => ({ channelId: 'webchat' }),
  'the emulator’s channel': () => ({ channelId: 'emulator' }),
  'Teams in capitals': () => ({ channelId: 'MSTEAMS' }),
};

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const activity = (more: string) => `{"type":"message","channelId":"msteams"${more}}`;

/** Nobody is asked who sent it: it is no activity. */
const bodies: Readonly<Record<string, readonly [status: number, body: string, type?: string]>> = {
  'more than 256 KB': [413, activity(`,"text":"${'x'.repeat(263_000)}"`)],
  'no JSON': [400, '{"type": "message"'],
  'a number': [400, '7'],
  'an array': [400, `[${activity('')}]`],
  nothing: [400, ''],
  'no channel': [400, '{"type":"message"}'],
  'an empty type': [400, '{"type":"","channelId":"msteams"}'],
  'a type that is no text': [400, '{"type":["message"],"channelId":"msteams"}'],
  'a prototype to poison': [400, `{"__proto__":${activity('')}}`],
  'a hundred thousand levels': [400, activity(`,"value":${deep(100_000)}`)],
  'one level too many': [400, activity(`,"value":${deep(64)}`)],
  'as many levels as are read': [401, activity(`,"value":${deep(63)}`)],
  'another type than JSON': [400, 'type=message', 'text/plain'],
};

const turnedAway = { 401: /^unauthorized$/, 403: /^forbidden$/ } as const;

function said(doors: Doors, forgery: Forgery, changes: JsonObject = {}) {
  const { sandbox } = doors;
  const personal = sandbox.places.personal(mia);
  return sandbox
    .client(mia)
    .say(personal, collect, { forgery, changes })
    .then(({ answer }) => answer);
}

/** A token in three parts, signed by `sign` or by nobody. */
function token(serviceUrl: string, header: JsonObject, sign: (text: string) => string = () => ''): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: clouds.commercial.tokenIssuer,
    aud: botApp.appId,
    serviceurl: serviceUrl,
    nbf: now,
    exp: now + 600,
  };
  const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `Bearer ${signed}.${sign(signed)}`;
}

const handmade: readonly Door[] = [
  {
    sent: 'an activity signed with HS256 and Teams’ public key as the secret',
    send: async (doors) => {
      const { teams } = await signingKeys();
      const secret = await exportSPKI(teams.publicKey);
      const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
      const header = { alg: 'HS256', typ: 'JWT', kid: teams.kid };
      return said(doors, { authorization: token(doors.sandbox.connector.serviceUrl, header, sign) });
    },
    status: 401,
    reply: turnedAway[401],
  },
  {
    sent: 'an activity whose token names none of its keys',
    send: (doors) =>
      said(doors, { authorization: token(doors.sandbox.connector.serviceUrl, { alg: 'RS256', typ: 'JWT' }) }),
    status: 401,
    reply: turnedAway[401],
  },
  {
    sent: 'an activity whose token is for no service URL, although the SDK would take it',
    send: async (doors) => {
      const { teams } = await signingKeys();
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: clouds.commercial.tokenIssuer, aud: botApp.appId, nbf: now, exp: now + 600 };
      const header = { alg: 'RS256', kid: teams.kid };
      const signed = await new SignJWT(claims).setProtectedHeader(header).sign(teams.privateKey);
      return said(doors, { authorization: `Bearer ${signed}` });
    },
    status: 403,
    reply: turnedAway[403],
  },
];

const packed: Door = {
  sent: 'a body of a few KB that unpack to 30 MB',
  send: async (doors) => {
    const body = gzipSync(activity(`,"text":"${'x'.repeat(30_000_000)}"`));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await fetch(`${doors.edge.url}/api/messages`, { method: 'POST', headers, body });
    return { status: answer.status, body: await answer.text() };
  },
  status: 413,
  reply: /^the body cannot be read$/,
};

/** The outer doors, as rows. */
export const outerDoors: readonly Door[] = [
  ...Object.entries(forgeries).map(
    ([sent, [status, forgery]]): Door => ({
      sent,
      send: (doors) => said(doors, forgery),
      status,
      reply: turnedAway[status],
    }),
  ),
  ...handmade,
  packed,
  ...Object.entries(strangers).map(
    ([name, changes]): Door => ({
      sent: `an activity, rightly signed, with ${name}`,
      send: (doors) => said(doors, {}, changes(new URL(doors.sandbox.connector.serviceUrl).host)),
      status: 403,
      reply: turnedAway[403],
    }),
  ),
  ...Object.entries(bodies).map(
    ([name, [status, body, type = 'application/json']]): Door => ({
      sent: `a body of ${name}`,
      send: async (doors) => {
        const headers = { 'content-type': type };
        const answer = await fetch(`${doors.edge.url}/api/messages`, { method: 'POST', headers, body });
        return { status: answer.status, body: await answer.text() };
      },
      status,
      reply: status === 401 ? turnedAway[401] : /^(?:this is no activity|the body cannot be read)$/,
    }),
  ),
];
