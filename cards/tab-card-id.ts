/** What can be opened in the tab, as it is named in a deep link and in the tab's own addresses. */
import { type MachineActionId, parseMachineActionId, parseRequestId, type RequestId } from '../src/domain/ids.ts';
import type { Request } from '../src/domain/request.ts';
import type { CardContext } from './context.ts';

/** A request's card, or what Defender says of an action that is shown without one. */
export type CardId =
  | { readonly kind: 'request'; readonly id: RequestId }
  | { readonly kind: 'action'; readonly id: MachineActionId };

/** As text. */
export function cardIdText({ kind, id }: CardId): string {
  return `${kind}-${id}`;
}

/** Reads it; undefined for anything else. */
export function parseCardId(text: string): CardId | undefined {
  const [, kind, guid = ''] = /^(request|action)-(.*)$/.exec(text) ?? [];
  if (kind === 'request') {
    const id = parseRequestId(guid);
    return id === undefined ? undefined : { kind, id };
  }
  const id = parseMachineActionId(guid);
  return kind !== 'action' || id === undefined ? undefined : { kind, id };
}

/**
 * Where Teams opens the tab with this request ('Deep link to an application'; teams-js gives the `subEntityId` to the page
 * as `subPageId`).
 */
export function tabLink({ id }: Pick<Request, 'id'>, { tab }: Pick<CardContext, 'tab'>): string | undefined {
  if (tab === undefined) return undefined;
  const context = JSON.stringify({ subEntityId: cardIdText({ kind: 'request', id }) });
  return `${tab}?context=${encodeURIComponent(context)}`;
}
