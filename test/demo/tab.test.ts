import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { hour, minute } from '../../src/domain/instant.ts';
import { Secret } from '../../src/domain/secret.ts';
import { builtFiles } from '../bot/tab/built-files.ts';
import { TeamsPage } from '../bot/tab/host/teams-page.ts';
import { TabDesk, tabToken } from '../bot/tab/tab-desk.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { collectionId, deviceId, machineActionId, requestId } from '../build/ids.ts';
import { after as moment } from '../build/moment.ts';
import { dana } from '../build/person.ts';
import { aConfirmed, aDone } from '../build/request.ts';
import { hasChromium, startChromium } from '../cards/browser.ts';

const running = anAction({ deviceName: 'lap-0042.corp.example' });
const succeeded = anAction({
  id: machineActionId(2),
  status: 'Succeeded',
  machineId: deviceId(2),
  deviceName: 'srv-db-3.corp.example',
  createdAt: moment(-2 * hour),
  updatedAt: moment(-hour),
});
const elsewhere = anAction({
  id: machineActionId(3),
  status: 'Failed',
  requestor: 'omar.haddad@corp.example',
  comment: 'asked in the portal',
  machineId: deviceId(3),
  deviceName: 'kiosk-7.corp.example',
  createdAt: moment(-3 * hour),
});

describe('the tab, in a browser', function () {
  this.timeout(120_000);
  const desk = new TabDesk();
  let browser: Browser | undefined;
  let teams: TeamsPage;
  let token: string;

  before(async function () {
    if (!hasChromium) {
      console.warn('\nNOT TESTED: the tab’s page needs Chromium at /usr/bin/chromium: apt-get install chromium\n');
      return this.skip();
    }
    desk.show([running, succeeded, elsewhere]);
    const server = aDevice({ id: deviceId(2), name: 'srv-db-3.corp.example' });
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    await desk.keep(
      aDone({
        id: requestId(2),
        askedAt: moment(-2 * hour),
        collections: [aCollection.succeeded({ id: collectionId(2), device: server, action: succeeded })],
      }),
    );
    token = await tabToken(dana);
    const url = await desk.open(await builtFiles());
    browser = await startChromium();
    teams = await TeamsPage.open(browser, url, new Date(moment(5 * minute)));
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await mkdir('out', { recursive: true });
    await teams.page.screenshot({ path: 'out/tab-test-failed.png' });
  });
  after(async () => {
    await browser?.close();
    desk.close();
  });

  const rows = () => teams.tab.getByRole('list', { name: 'Collections, newest first' }).getByRole('button');

  it('shows what Defender shows to the person, with the names that the bot knows', async () => {
    await teams.load({ token });
    await rows().first().waitFor();
    const texts = await rows().allInnerTexts();
    assert.equal(texts.length, 3);
    assert.match(texts[0] ?? '', /lap-0042.*Pending.*Dana Reyes.*suspicious logon/s);
    assert.match(texts[1] ?? '', /srv-db-3.*Succeeded/s);
    assert.match(texts[2] ?? '', /kiosk-7.*Failed.*omar\.haddad@corp\.example.*asked in the portal/s);
    assert.deepEqual(await teams.barriers(), []);
  });

  it('is filtered by status, device, person and date, and says so where nothing fits', async () => {
    await teams.tab.getByLabel('Status').selectOption('Succeeded');
    await teams.tab.getByText('1 collection.').waitFor();
    await teams.tab.getByLabel('Device').fill('kiosk');
    await teams.tab.getByText('Nothing fits these filters.').waitFor();
    assert.deepEqual(await teams.barriers(), []);
    await teams.tab.getByRole('button', { name: 'Clear filters' }).first().click();
    await teams.tab.getByText('3 collections.').waitFor();
    await teams.tab.getByLabel('Asked by').fill('OMAR');
    await teams.tab.getByText('1 collection.').waitFor();
    await teams.tab.getByLabel('Asked by').fill('');
    await teams.tab.getByLabel('From').fill('2026-03-02');
    await teams.tab.getByText('3 collections.').waitFor();
    await teams.tab.getByLabel('From').fill('2026-03-03');
    await teams.tab.getByText('0 collections.').waitFor();
    await teams.tab.getByRole('button', { name: 'Clear filters' }).first().click();
    await teams.tab.getByText('3 collections.').waitFor();
  });

  it('opens a row with the keyboard, and its buttons work: Refresh, then Get download link', async () => {
    await rows().first().focus();
    await teams.page.keyboard.press('Enter');
    const card = teams.tab.getByRole('region', { name: 'Chosen collection' });
    await card.getByText('lap-0042').first().waitFor();
    assert.deepEqual(await teams.barriers(), []);
    const ended = { ...running, status: 'Succeeded', updatedAt: moment(4 * minute) } as const;
    desk.defender.action = async () => ({ ok: true, value: ended });
    await card.getByRole('button', { name: 'Refresh' }).click();
    const link = 'https://packages.blob.core.windows.net/package.zip?sig=link-marker';
    desk.defender.packageLink = async () => ({ ok: true, value: new Secret('packageLink', link) });
    await card.getByRole('button', { name: 'Get download link' }).click();
    await card
      .getByRole('button', { name: 'Download' })
      .or(card.getByRole('link', { name: 'Download' }))
      .waitFor();
    await teams.tab.getByRole('button', { name: /lap-0042.*Succeeded/s }).waitFor();
    assert.deepEqual(await teams.barriers(), []);
  });

  for (const [theme, page] of [
    ['dark', 'rgb(31, 31, 31)'],
    ['contrast', 'rgb(0, 0, 0)'],
    ['default', 'rgb(245, 245, 245)'],
  ] as const) {
    it(`follows Teams into its theme '${theme}'`, async () => {
      await teams.become({ token, theme });
      await teams.tab.locator(`[data-theme=${theme}] body`).waitFor();
      assert.equal(await teams.inTab('getComputedStyle(document.body).backgroundColor'), page);
      assert.deepEqual(await teams.barriers(), []);
    });
  }

  it('fits a phone: one column, the card in place of the list, and a way back to the same row', async () => {
    await teams.page.setViewportSize({ width: 320, height: 700 });
    assert.equal(await rows().first().isVisible(), false);
    assert.ok(Number(await teams.inTab('document.documentElement.scrollWidth')) <= 320);
    await teams.tab.getByRole('button', { name: 'Back to the list' }).click();
    assert.match(await teams.tab.locator(':focus').innerText(), /lap-0042/);
    assert.ok(Number(await teams.inTab('document.documentElement.scrollWidth')) <= 320);
    assert.deepEqual(await teams.barriers(), []);
    await teams.page.setViewportSize({ width: 1100, height: 800 });
  });

  it('says so when nobody is signed in, and goes on after the sign-in', async () => {
    await teams.become({});
    await teams.tab.getByRole('button', { name: 'Reload' }).click();
    await teams.tab.getByText('Teams did not sign you in here.').waitFor();
    assert.equal(await rows().count(), 0);
    assert.deepEqual(await teams.barriers(), []);
    await teams.become({ token });
    await teams.tab.getByRole('button', { name: 'Sign in' }).click();
    await teams.tab.getByText('3 collections.').waitFor();
  });

  it('says so when the server does not answer, and offers another try', async () => {
    teams.isOffline = true;
    await teams.tab.getByRole('button', { name: 'Reload' }).click();
    await teams.tab.getByText('The collections could not be loaded.').waitFor();
    assert.deepEqual(await teams.barriers(), []);
    teams.isOffline = false;
    await teams.tab.getByRole('button', { name: 'Try again' }).click();
    await teams.tab.getByText('3 collections.').waitFor();
    // Chromium reports what the test itself has cut.
    assert.deepEqual(
      teams.complaints.splice(0).filter((each) => !/ERR_FAILED|NoAnswerError/.test(each)),
      [],
    );
  });

  it('opens what a link on a card in the chat names, and says meanwhile that it is loading', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    teams.held = promise;
    await teams.load({ token, subEntityId: `request-${requestId(2)}` });
    await teams.tab.getByText('Loading collections…').waitFor();
    assert.deepEqual(await teams.barriers(), []);
    resolve();
    await teams.tab.getByRole('region', { name: 'Chosen collection' }).getByText('srv-db-3').first().waitFor();
    await teams.tab
      .getByRole('button', { name: /srv-db-3/ })
      .first()
      .waitFor();
    assert.ok((await teams.said()).some(([func]) => func === 'appInitialization.success'));
  });

  it('can be added to a channel without anything to choose', async () => {
    await teams.load({ token, frameContext: 'settings' });
    await teams.tab.getByText('Press Save to add the tab').waitFor();
    assert.ok((await teams.said()).some(([func, isValid]) => func === 'settings.setValidityState' && isValid === true));
    assert.deepEqual(await teams.barriers(), []);
  });

  it('speaks the language of Teams, whatever the browser’s is, also on the cards and on a phone', async () => {
    await teams.load({ token, locale: 'de-DE' });
    await teams.tab.getByText('3 Sammlungen.').waitFor();
    assert.deepEqual(await teams.inTab('[document.documentElement.lang, document.title]'), ['de', 'Sammlungen']);
    await teams.tab.getByRole('button', { name: /srv-db-3/ }).click();
    await teams.tab.getByRole('button', { name: 'Downloadlink abrufen' }).waitFor();
    assert.deepEqual(await teams.barriers(), []);
    await teams.page.setViewportSize({ width: 320, height: 700 });
    assert.ok(Number(await teams.inTab('document.documentElement.scrollWidth')) <= 320);
    await teams.tab.getByRole('button', { name: 'Zurück zur Liste' }).click();
    assert.ok(Number(await teams.inTab('document.documentElement.scrollWidth')) <= 320);
    await teams.page.setViewportSize({ width: 1100, height: 800 });
    await teams.become({ token, locale: 'en-GB' });
  });

  it('is empty where Defender shows nothing, and says how to ask', async () => {
    desk.show([]);
    desk.now += 2 * minute;
    desk.memory.requests.newestOf = async () => [];
    await teams.load({ token });
    await teams.tab.getByText('There are no collections here yet.').waitFor();
    await teams.tab.getByRole('button', { name: 'Open the chat with Collector' }).click();
    const [, address] = (await teams.said()).find(([func]) => func === 'executeDeepLink') ?? [];
    assert.match(String(address), /^https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=28:/);
    assert.deepEqual(await teams.barriers(), []);
  });

  it('says outside of Teams where it lives', async () => {
    await teams.loadOutside();
    await teams.page.getByText('This page lives in Microsoft Teams.').waitFor();
    const link = teams.page.getByRole('link', { name: 'Open in Teams' });
    assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/teams\.microsoft\.com\/l\/entity\//);
    assert.deepEqual(await teams.barriers(), []);
  });

  it('asks nobody but Teams and the bot, and nothing that its headers forbid', () => {
    assert.deepEqual([...teams.strangers], []);
    assert.deepEqual(teams.complaints, []);
  });
});
