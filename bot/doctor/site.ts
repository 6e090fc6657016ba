/** What the checks look at: the bot's own clients, made from its configuration; each is used once, and its answer kept. */
import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import { createConfidentialClient } from '../../src/adapters/entra/confidential-client.ts';
import { type DevicePrompt, type DeviceSignIn, signInByDevice } from '../../src/adapters/entra/device-sign-in.ts';
import { createOnBehalfOf } from '../../src/adapters/entra/on-behalf-of.ts';
import type { ExchangeResult, Log } from '../../src/ports.ts';
import type { Config } from '../config.ts';
import type { Environment } from '../config-reader.ts';
import { botIdentity, StrictAuthentication } from '../teams/authentication.ts';
import { createSigningKeys, type SigningKeys } from '../teams/signing-keys.ts';
import { type BegunSignIn, beginSignIn, connectionNames } from './connection.ts';
import { type OpenedDatabase, openDatabase } from './database.ts';
import { once } from './once.ts';
import { type Domain, scopeName } from './own-uri.ts';

/** How a person signs in, where that was asked for. */
export interface SignInWish {
  /** The registration that the person signs in with; the bot's own by default. */
  readonly clientId?: string;
  readonly show: (prompt: DevicePrompt) => void;
}

/** What was asked for. */
export interface Wishes {
  /** Undefined: nobody signs in. */
  readonly signIn?: SignInWish;
  /** The Teams app package. */
  readonly packageFile: string;
}

/** An installation, as far as it can be seen from here. */
export interface Site {
  readonly config: Config;
  readonly log: Log;
  readonly packageFile: string;
  readonly keys: SigningKeys;
  /** `BOT_DOMAIN` in lower case: the bot itself does not need it, its package does. */
  readonly domain: Domain;
  /** A token of the bot itself, for the Bot Framework. Throws MSAL's errors. */
  botToken(): Promise<unknown>;
  /** A token of the bot itself for Defender: it is looked at, and never sent. Throws MSAL's errors. */
  ownDefenderToken(): Promise<string>;
  /** The OAuth connections of the Azure Bot. Throws what the SDK throws, a DeadlineError, or zod's error. */
  connectionNames(): Promise<readonly string[]>;
  /** A sign-in of nobody at the configured connection. Throws as `connectionNames` does. */
  begunSignIn(): Promise<BegunSignIn>;
  /** Undefined when nobody was asked to sign in. */
  person(): Promise<DeviceSignIn | undefined>;
  /** The person's exchange for Defender; undefined while there is no person. */
  exchange(): Promise<ExchangeResult | undefined>;
  /** Where the tables live; opened without making anything. */
  database(): Promise<OpenedDatabase>;
  close(): Promise<void>;
}

/** Nobody reads a log here: what counts is in the findings. */
const unread: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Makes the clients as `compose.ts` does. Nothing is called, and nothing opened, before a check asks. */
export function openSite(config: Config, environment: Environment, { signIn, packageFile }: Wishes): Site {
  const log = unread;
  const { appId, tenant, botFramework } = config;
  const entra = createConfidentialClient({ ...config, log });
  const keys = createSigningKeys(botFramework.openIdMetadata, () => performance.now());
  const tokenService = once(() => {
    const credentials = new MsalServiceClientCredentialsFactory(appId, entra);
    return new StrictAuthentication(config, credentials, keys, log).createUserTokenClient(botIdentity(appId));
  });
  const person = once(async () => {
    if (signIn === undefined) return undefined;
    const { clientId = appId, show } = signIn;
    // By the app's id, which is good whichever identifier URIs are registered.
    const scope = `${appId}/${scopeName}`;
    const options = { clientId, tenant, authorityHost: config.authorityHost, scope, log };
    return await signInByDevice(options, show);
  });
  const database = once(() => openDatabase(config, log));
  return {
    config,
    log,
    packageFile,
    keys,
    domain: environment.BOT_DOMAIN?.trim().toLowerCase() || undefined,
    person,
    database,
    botToken: once(() => ownToken(entra, `${botFramework.scope}/.default`)),
    ownDefenderToken: once(async () => (await ownToken(entra, config.defender.scope)).accessToken),
    connectionNames: once(async () => connectionNames(await tokenService())),
    begunSignIn: once(async () => beginSignIn(await tokenService(), botFramework.connectionName, appId)),
    exchange: once(async () => {
      const signedIn = await person();
      if (signedIn?.kind !== 'signedIn') return undefined;
      return await createOnBehalfOf(entra, config.defender.scope, log).exchange(signedIn.assertion);
    }),
    close: async () => {
      const opened = await database.soFar();
      if (opened?.kind === 'open') await opened.close();
    },
  };
}

async function ownToken(entra: ConfidentialClientApplication, scope: string): Promise<AuthenticationResult> {
  const result = await entra.acquireTokenByClientCredential({ scopes: [scope] });
  if (result === null) throw new Error('Entra gave no token, and no reason');
  return result;
}
