/** The tab's server part over HTTP, with stores in memory, services that a test speaks for, and Entra's real signatures. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { createLocalJWKSet, SignJWT } from 'jose';
import { pageHeaders } from '../../../bot/page-headers.ts';
import { ListCache } from '../../../bot/tab/list-cache.ts';
import { createTab, type TabPorts } from '../../../bot/tab/tab-api.ts';
import { createTabDoor, type TabDoor } from '../../../bot/tab/tab-door.ts';
import type { TabFiles } from '../../../bot/tab/tab-files.ts';
import { tabLinks } from '../../../bot/tab/tab-links.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { MachineAction } from '../../../src/domain/machine-action.ts';
import type { Person } from '../../../src/domain/person.ts';
import { known, tenantId } from '../../build/ids.ts';
import { botApp } from '../../sandbox/app.ts';
import { type Signer, signingKeys } from '../../sandbox/keys.ts';
import { Desk } from '../teams/desk.ts';

/** Entra v2.0 of the tenant where the bot lives. */
export const issuer = `https://login.microsoftonline.com/${tenantId()}/v2.0`;

/** What a test may change about a token. */
export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signer?: Signer;
  /** Seconds from now on. */
  readonly endsIn?: number;
  readonly beginsIn?: number;
}

/** The token that `authentication.getAuthToken` gives the page. */
export async function tabToken(person: Person, changes: TokenChanges = {}): Promise<string> {
  const { entra, ...others } = await signingKeys();
  const key = { entra, ...others }[changes.signer ?? 'entra'];
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    aud: botApp.appId,
    tid: person.tenant,
    oid: person.oid,
    name: person.name,
    preferred_username: 'dana.reyes@corp.example',
    scp: 'access_as_user',
    ver: '2.0',
    ...changes.claims,
  };
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...changes.header })
    .setNotBefore(now + (changes.beginsIn ?? -60))
    .setExpirationTime(now + (changes.endsIn ?? 3_600))
    .sign(key.privateKey);
}

/** The door, with Entra's keys at hand. */
export async function aTabDoor(): Promise<TabDoor> {
  const { entra } = await signingKeys();
  const { kty, n, e, ...rest } = entra.jwk;
  assert.ok(typeof kty === 'string' && typeof n === 'string' && typeof e === 'string');
  return createTabDoor({
    issuer,
    app: { appId: botApp.appId, tenant: tenantId() },
    keyFor: createLocalJWKSet({ keys: [{ kty, n, e, ...rest }] }),
    clock: () => known(instantOf(new Date())),
  });
}

/** A desk at which the tab is served. */
export class TabDesk extends Desk {
  /** Moves the cache's clock. */
  now = 0;
  /** How often Defender was asked for a list. */
  lists = 0;
  #server: Server | undefined;

  /** Lets Defender show these to everybody. */
  show(actions: readonly MachineAction[]): void {
    this.defender.actionsSince = async () => {
      this.lists += 1;
      return { ok: true, value: actions };
    };
  }

  /** Serves it; gives back the address, without a slash. */
  async open(files?: TabFiles, changes: Partial<TabPorts> = {}): Promise<string> {
    const { app, cards } = this.ports;
    const door = await aTabDoor();
    const links = tabLinks({ teams: 'https://teams.microsoft.com', teamsAppId: app.appId, appId: app.appId });
    const cache = new ListCache(() => this.now);
    const rememberUpn = async () => undefined;
    const tab = createTab({
      ...this.ports,
      cards: { ...cards, tab: links.tab },
      door,
      links,
      cache,
      files,
      rememberUpn,
      ...changes,
    });
    const routes = express();
    routes.use(pageHeaders('https://teams.microsoft.com'));
    routes.use('/tab', tab);
    this.#server = createServer(routes).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    assert.ok(address !== null && typeof address === 'object');
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
