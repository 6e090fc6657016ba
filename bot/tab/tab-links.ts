import type { Config } from '../config.ts';
import type { PageLinks } from './page-html.ts';

/** The tab's `entityId` in the manifest. */
const entity = 'collections';

/** Where Teams opens the tab, and the chat with the bot ('Deep link to an application', 'Deep link to a chat'). */
export function tabLinks({ teams, teamsAppId, appId }: Pick<Config, 'teams' | 'teamsAppId' | 'appId'>): PageLinks {
  return {
    tab: `${teams}/l/entity/${teamsAppId}/${entity}`,
    chat: `${teams}/l/chat/0/0?users=28:${appId}`,
  };
}
