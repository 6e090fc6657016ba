/**
 * The ceiling: node:http alone, one RS256 check of each token, one reply over a kept-alive connection. It is no bot, and
 * shows what the machine, the load and the stand-ins can carry.
 */
import { createPublicKey, verify } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';

const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId, PORT } = process.env;
const agent = new https.Agent({ keepAlive: true });
const { jwks_uri } = await (await fetch(process.env.ToBotFromChannelOpenIdMetadataUrl)).json();
const { keys } = await (await fetch(jwks_uri)).json();
const publicKeys = new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));
const botToken = await fetchBotToken();

http.createServer(onRequest).listen(Number(PORT), '127.0.0.1');

async function onRequest(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (!isSigned(request.headers.authorization)) return response.writeHead(401).end();
  await reply(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  response.writeHead(200).end();
}

function isSigned(authorization) {
  if (authorization === undefined) return false;
  const [header, payload, signature] = authorization.replace(/^Bearer /, '').split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  const { aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  if (aud !== MicrosoftAppId || exp * 1000 < Date.now()) return false;
  const signed = Buffer.from(`${header}.${payload}`);
  return verify('sha256', signed, publicKeys.get(kid), Buffer.from(signature, 'base64url'));
}

function reply({ serviceUrl, conversation, id, text }) {
  const url = `${serviceUrl}v3/conversations/${encodeURIComponent(conversation.id)}/activities/${id}`;
  const headers = { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', resolve).once('error', reject);
    });
    request.once('error', reject);
    request.end(JSON.stringify({ type: 'message', text: `Echo: ${text}` }));
  });
}

async function fetchBotToken() {
  const { AUTHORITY_HOST, ToChannelFromBotOAuthScope } = process.env;
  const answer = await fetch(`${AUTHORITY_HOST}/${MicrosoftAppTenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: MicrosoftAppId,
      client_secret: MicrosoftAppPassword,
      scope: `${ToChannelFromBotOAuthScope}/.default`,
    }),
  });
  return (await answer.json()).access_token;
}
