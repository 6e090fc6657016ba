import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import getPort from 'get-port';
import type { Browser, Locator, Page } from 'playwright-core';
import { barriersIn } from '../bot/tab/host/barriers.ts';
import { TeamsPage } from '../bot/tab/host/teams-page.ts';
import { inFull } from '../build/in-full.ts';
import { hasChromium, startChromium } from '../cards/browser.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { type LiveDemo, startLiveDemo } from './live-demo.ts';
import { openPlaygroundPage } from './playground-page.ts';

/** What Adaptive Cards' own renderer calls a card, in the Playground and in the tab. */
const card = '.ac-adaptiveCard';
const reason = 'suspicious logon, alert 1234';
/** What the card says in the chat alone. */
const linkToTab = 'Open in the Collections tab';

describe('the whole story in a browser, in the chat and in the tab', function () {
  this.timeout(300_000);
  let demo: LiveDemo;
  let browser: Browser;

  before(async function () {
    if (!hasChromium) {
      console.warn('\nNOT TESTED: the browser test needs Chromium at /usr/bin/chromium: apt-get install chromium\n');
      return this.skip();
    }
    const faults = (fault: Error) => console.error(fault);
    demo = await startLiveDemo({ port: await getPort(), onFault: faults });
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  inFull('what a responder types, confirms and sees succeed in the chat is one row and the same card in the tab', () =>
    picturedIfItFails(browser, async () => {
      const chat = await openPlaygroundPage(browser, demo.url);
      const cardInChat = chat.thread.locator(card).first();
      await chat.post(`/collect ${fineDevice.id} ${reason}`);
      await chat.press('Sign in');
      await chat.sees(fineDevice.computerDnsName);
      assert.deepEqual(await grave(chat.page), [], 'before the confirmation');
      await chat.press('Collect');
      await chat.sees(/is on the card above/);
      await cardInChat.getByText('Succeeded').first().waitFor();
      assert.deepEqual(await grave(chat.page), [], 'at the end');

      const teams = await TeamsPage.open(browser, demo.botUrl, new Date());
      await teams.load(await demo.sandbox.entra.tokens.assertion(mia));
      const rows = teams.tab.getByRole('list', { name: 'Collections, newest first' }).getByRole('button');
      await rows.first().waitFor();
      assert.deepEqual(await teams.barriers(), []);
      const ours = rows.filter({ hasText: fineDevice.computerDnsName });
      assert.match((await ours.allInnerTexts()).join('\n---\n'), /^ws-mia-042.*Succeeded.*Mia Berg.*suspicious logon/s);
      assert.equal(await ours.count(), 1);
      await ours.click();
      const cardInTab = teams.tab.getByRole('region', { name: 'Chosen collection' }).locator(card).first();
      await cardInTab.getByText('Succeeded').first().waitFor();
      assert.deepEqual(await teams.barriers(), []);
      const linesInChat = await linesOf(cardInChat);
      assert.ok(linesInChat.includes(linkToTab), linesInChat.join('\n'));
      assert.deepEqual(
        await linesOf(cardInTab),
        linesInChat.filter((line) => line !== linkToTab),
      );
      assert.deepEqual([...teams.strangers, ...teams.complaints, ...chat.strangers], []);
      const created = demo.sandbox.journal.all(
        'defender.action.created',
        ({ data }) => data.machineId === fineDevice.id,
      );
      assert.equal(created.length, 1);
    }),
  );
});

/** What axe finds serious or critical in the cards of the chat. The rest of that page is Microsoft's. */
async function grave(page: Page): Promise<readonly string[]> {
  const found = await barriersIn(page.mainFrame(), card);
  return found.filter((each) => /^(?:serious|critical) /.test(each));
}

/** What stands on a card, line by line, without its buttons: those differ by where one is. */
async function linesOf(where: Locator): Promise<readonly string[]> {
  const buttons = new Set((await where.getByRole('button').allInnerTexts()).map((each) => each.trim()));
  const lines = (await where.innerText()).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !buttons.has(line));
}

/** Keeps a picture of each page of a story that fails. */
async function picturedIfItFails(browser: Browser, story: () => Promise<void>): Promise<void> {
  try {
    await story();
  } catch (error) {
    await mkdir('out', { recursive: true });
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const [i, page] of pages.entries()) await page.screenshot({ path: `out/whole-story-failed-${i + 1}.png` });
    throw error;
  }
}
