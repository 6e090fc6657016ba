import type { Server } from 'node:http';
import { ConfidentialClientApplication } from '@azure/msal-node';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import express from 'express';
import { botApp } from './app.ts';
import { trustInThisProcess } from './certificates.ts';
import { tenantId } from './people.ts';
import type { Sandbox } from './sandbox.ts';

/** What the probe does in a turn; the returned value answers an invoke. */
export type ProbeLogic = (context: TurnContext) => Promise<InvokeResponse | undefined>;

/** A small bot made of the real libraries, with which the sandbox tests itself. It is no part of the product. */
export interface ProbeBot {
  readonly adapter: CloudAdapter;
  readonly msal: ConfidentialClientApplication;
  /** Replaces what the bot does. */
  logic: ProbeLogic;
  stop(): Promise<void>;
}

/** Starts the probe in this process, on a free port, configured by the sandbox's environment alone, and tells the sandbox. */
export async function startProbeBot(sandbox: Sandbox): Promise<ProbeBot> {
  await trustInThisProcess();
  const msal = msalFor(sandbox);
  const credentials = new MsalServiceClientCredentialsFactory(botApp.appId, msal);
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      ...sandbox.environment(),
      ToChannelFromBotLoginUrl: sandbox.entra.url,
      ToBotFromEmulatorOpenIdMetadataUrl: sandbox.botFramework.openIdUrl,
    },
    credentials,
  );
  const adapter = new CloudAdapter(authentication);
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  const bot: { logic: ProbeLogic } = { logic: async () => undefined };
  app.post('/api/messages', (request, response) =>
    adapter.process(request, response, async (context) => {
      const answer = await bot.logic(context);
      if (answer) await context.sendActivity({ type: 'invokeResponse', value: answer });
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The probe has no port');
  sandbox.setBotUrl(`http://127.0.0.1:${address.port}/api/messages`);
  return Object.assign(bot, { adapter, msal, stop: () => stopped(server) });
}

/** msal-node's confidential client for our app, against the sandbox's Entra. */
export function msalFor(sandbox: Sandbox, clientSecret: string = botApp.secret): ConfidentialClientApplication {
  const authority = `${sandbox.entra.url}/${tenantId}`;
  return new ConfidentialClientApplication({
    auth: { clientId: botApp.appId, clientSecret, authority, knownAuthorities: [new URL(authority).host] },
  });
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
