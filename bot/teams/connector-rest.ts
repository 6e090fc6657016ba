/**
 * The two connector calls that botbuilder does not have as Teams wants them: messages for one person's eyes
 * (`isTargetedActivity`, new in 2026), and opening a 1:1 conversation without a first message.
 */
import type { Activity } from 'botbuilder';
import ky from 'ky';
import { z } from 'zod';
import type { ActivityId, ChatUserId, ConversationId, TenantId } from '../../src/domain/ids.ts';
import { parseActivityId, parseConversationId } from '../../src/domain/ids.ts';
import type { Secret } from '../../src/domain/secret.ts';
import { botUserId } from './adapter.ts';

/** What may stand in a message: the parts of an activity that we write. */
export type Content = { readonly type: 'message' } & Partial<
  Pick<Activity, 'text' | 'textFormat' | 'summary' | 'attachments' | 'entities'>
>;

/** The connector's REST calls, with the bot's own token. They throw what ky throws. */
export interface ConnectorRest {
  /** Posts into a conversation for one person's eyes; it is gone after 24 h. Not in 1:1. */
  postTargeted(serviceUrl: string, conversation: ConversationId, to: ChatUserId, content: Content): Promise<ActivityId>;
  /** Opens the 1:1 conversation with a person, or finds the one there is. */
  openPersonal(serviceUrl: string, tenant: TenantId, person: ChatUserId): Promise<ConversationId>;
}

const created = z.object({ id: z.string() });

/** @param botToken gives the bot's own token for the connector */
export function createConnectorRest(appId: string, botToken: () => Promise<Secret<'botToken'>>): ConnectorRest {
  async function post(url: URL, json: unknown): Promise<string> {
    const token = await botToken();
    const headers = { authorization: `Bearer ${token.reveal()}` };
    const answer: unknown = await ky.post(url, { json, headers, timeout: 10_000, retry: 0, redirect: 'error' }).json();
    return created.parse(answer).id;
  }

  return {
    async postTargeted(serviceUrl, conversation, to, content) {
      const url = connectorUrl(serviceUrl, `v3/conversations/${encodeURIComponent(conversation)}/activities`);
      url.searchParams.set('isTargetedActivity', 'true');
      const from = { id: botUserId(appId) };
      const id = await post(url, { ...content, from, recipient: { id: to, isTargeted: true } });
      return known(parseActivityId(id), 'activity');
    },
    async openPersonal(serviceUrl, tenant, person) {
      const id = await post(connectorUrl(serviceUrl, 'v3/conversations'), {
        isGroup: false,
        bot: { id: botUserId(appId) },
        members: [{ id: person }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      });
      return known(parseConversationId(id), 'conversation');
    },
  };
}

/** A call below a service URL, which ends with a slash or not. */
export function connectorUrl(serviceUrl: string, path: string): URL {
  return new URL(path, serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`);
}

function known<Id>(id: Id | undefined, what: string): Id {
  if (id === undefined) throw new Error(`the connector answered with no usable ${what} id`);
  return id;
}
