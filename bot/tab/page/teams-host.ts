/** Teams around the page, as teams-js speaks to it. */

import { app, authentication, FrameContexts, pages } from '@microsoft/teams-js';
import { tabWordsIn } from '../../../cards/tab-words.ts';
import { languageOf } from '../../../src/domain/language.ts';

/** What the page knows of Teams, and asks of it. */
export interface TeamsHost {
  /** Where the tab is being added to a channel or chat, and has only to say yes. */
  readonly isSettingUp: boolean;
  /** What a deep link wants to be opened. */
  readonly wanted: string | undefined;
  /** The person's language, and how they write dates. */
  readonly locale: string | undefined;
  /** The person's token for this app. Teams keeps it, and renews it. Throws when there is none to be had silently. */
  token(): Promise<string>;
  /** Opens an address in Teams, or outside where it is not one of Teams. */
  open(url: string): void;
}

/** Teams answers within a moment; whoever frames the page else does not. */
const patience = 15_000;

/**
 * Meets Teams, and follows its theme from then on.
 * @returns undefined when the page is not in Teams
 */
export async function meetTeams(): Promise<TeamsHost | undefined> {
  try {
    await inTime(app.initialize());
  } catch (error) {
    console.info('this page is not in Teams', error);
    return undefined;
  }
  const context = await app.getContext();
  showTheme(context.app.theme);
  speak(context.app.locale);
  app.registerOnThemeChangeHandler(showTheme);
  const isSettingUp = context.page.frameContext === FrameContexts.settings;
  if (isSettingUp) await offerTab();
  app.notifySuccess();
  return {
    isSettingUp,
    wanted: context.page.subPageId,
    locale: context.app.locale,
    token: () => authentication.getAuthToken(),
    open: openAddress,
  };
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const tooLate = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('Teams did not answer')), patience);
  });
  return await Promise.race([work, tooLate]);
}

function showTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
}

/** From here on the page speaks the language of Teams, which may be another one than the browser's. */
function speak(locale: string): void {
  const language = languageOf(locale);
  document.documentElement.lang = language;
  document.title = tabWordsIn(language).title;
}

/** The page that is set up is this one; there is nothing to choose. */
async function offerTab(): Promise<void> {
  const here = `${location.origin}/tab/`;
  pages.config.registerOnSaveHandler((event) => {
    void pages.config
      .setConfig({ entityId: 'collections', contentUrl: here, websiteUrl: here, suggestedDisplayName: document.title })
      .then(() => event.notifySuccess())
      .catch((error: unknown) => event.notifyFailure(String(error)));
  });
  pages.config.setValidityState(true);
}

/** Teams opens its own addresses without leaving; a window of its own may not look back at this page. */
function openAddress(url: string): void {
  const teams = document.body.dataset.tab;
  const isTeams = teams !== undefined && new URL(url).origin === new URL(teams).origin;
  if (isTeams) void app.openLink(url);
  else window.open(url, '_blank', 'noopener,noreferrer');
}
