import type { CardContext } from '../cards/context.ts';
import type { Config } from './config.ts';
import { consentUrl } from './consent-url.ts';
import { tabLinks } from './tab/tab-links.ts';

/** What the cards of this installation have in common. */
export function cardContextOf(config: Config): CardContext {
  const { defender, teams, approval, followIntervalMs } = config;
  const { tab } = tabLinks(config);
  return { portal: defender.portal, consentUrl: consentUrl(config), teams, approval, followIntervalMs, tab };
}
