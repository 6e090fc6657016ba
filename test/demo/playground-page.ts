/** The Playground's page in headless Chromium, worked as a person works it. */
import type { Browser, Locator, Page } from 'playwright-core';
import { botApp } from '../sandbox/app.ts';
import { bystander } from './playground-files.ts';

/** The page loads nine megabytes of script; on a busy machine that takes its time. */
const patience = 60_000;

/** The page, in the channel. */
export interface PlaygroundPage {
  readonly page: Page;
  /** Types a command to the bot as a new post of the channel. */
  post(command: string): Promise<void>;
  /** The newest post of the channel, with its replies. */
  readonly thread: Locator;
  /** Presses a button of the newest card once it can be pressed. */
  press(title: string): Promise<void>;
  /** Waits until this text stands in the thread. */
  sees(text: string | RegExp): Promise<void>;
  /** The hosts of everything that the page got from elsewhere. */
  readonly strangers: ReadonlySet<string>;
}

/** Opens the page and goes to the channel. The caller closes the browser. `scale` is of pictures. */
export async function openPlaygroundPage(browser: Browser, url: string, scale = 1): Promise<PlaygroundPage> {
  const viewport = { width: 1400, height: 1250 };
  const page = await browser.newPage({ viewport, deviceScaleFactor: scale, locale: 'en-GB' });
  page.setDefaultTimeout(patience);
  const strangers = new Set<string>();
  page.on('response', (response) => {
    const { protocol, host } = new URL(response.url());
    if (protocol.startsWith('http') && host !== new URL(url).host) strangers.add(host);
  });
  await page.goto(url, { waitUntil: 'commit', timeout: patience });
  // The page opens the personal chat by itself, a moment after its list can be clicked, and would take us away again.
  await page.getByText('Type a message...').waitFor();
  await page.getByRole('treeitem', { name: /General/ }).click();
  const suggestions = page.locator('*', { hasText: bystander }).filter({ hasText: botApp.name }).last();
  const thread = page.getByRole('group').filter({ hasText: '/collect' }).first();
  return {
    page,
    thread,
    strangers,
    async post(command) {
      await page.getByRole('button', { name: 'Post', exact: true }).waitFor();
      await mentionBot(page, suggestions.getByText(botApp.name, { exact: true }));
      await page.keyboard.type(` ${command}`);
      await page.getByRole('button', { name: 'Post', exact: true }).click();
    },
    press: (title) => thread.getByRole('button', { name: title, exact: true }).click(),
    sees: (text) => thread.getByText(text).first().waitFor(),
  };
}

/** The page may redraw its text box while it still settles, and lose what was typed: then type it again. */
async function mentionBot(page: Page, suggestion: Locator, attemptsLeft = 5): Promise<void> {
  await page.getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('@');
  try {
    await suggestion.click({ timeout: 10_000 });
  } catch (error) {
    if (attemptsLeft === 0) throw error;
    await mentionBot(page, suggestion, attemptsLeft - 1);
  }
}
