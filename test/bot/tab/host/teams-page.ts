/** The tab in headless Chromium, in a page that plays the Teams client around it. Nothing leaves the machine. */
import { readFileSync } from 'node:fs';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { z } from 'zod';
import { barriersIn } from './barriers.ts';

const teams = 'https://teams.microsoft.com';
const bot = 'https://collector.contoso.example';
const script = readFileSync(new URL('host.js', import.meta.url), 'utf8');
const html = readFileSync(new URL('host.html', import.meta.url), 'utf8').replace('/* host.js */', () => script);

/** teams-js wants its list of hosts from there, and has one of its own for when it cannot have it. */
const hostList = 'https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json';

/** What the client around the tab says of itself. */
export interface Client {
  readonly theme?: 'default' | 'dark' | 'contrast';
  readonly token?: string;
  readonly subEntityId?: string;
  readonly frameContext?: 'content' | 'settings';
  readonly locale?: string;
}

/** The tab in its client. */
export class TeamsPage {
  readonly page: Page;
  /** What the browser complained of: exceptions, and what the headers forbid. */
  readonly complaints: string[] = [];
  /** Whoever was asked for something that is neither Teams nor the bot. */
  readonly strangers = new Set<string>();
  /** Answers of the API are lost. */
  isOffline = false;
  /** Answers of the API wait for this. */
  held: Promise<void> | undefined;

  private constructor(page: Page) {
    this.page = page;
  }

  /** @param server where the tab is served */
  static async open(browser: Browser, server: string, at: Date): Promise<TeamsPage> {
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' });
    page.setDefaultTimeout(30_000);
    const made = new TeamsPage(page);
    await page.clock.setFixedTime(at);
    page.on('pageerror', (error) => made.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes(hostList)) made.complaints.push(message.text());
    });
    await page.route('**/*', (route) => {
      made.strangers.add(new URL(route.request().url()).host);
      return route.abort();
    });
    await page.route(`${teams}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.route(`${bot}/**`, async (route) => {
      const url = route.request().url();
      if (url.includes('/tab/api/')) await made.held;
      if (made.isOffline && url.includes('/tab/api/')) return await route.abort();
      return await route.fulfill({ response: await route.fetch({ url: url.replace(bot, server) }) });
    });
    return made;
  }

  /** The tab's own document. */
  get tab(): FrameLocator {
    return this.page.frameLocator('iframe');
  }

  /** Loads the tab into a client like this. */
  async load(client: Client): Promise<void> {
    await this.page.goto(`${teams}/host`);
    await this.become(client);
    await this.page.evaluate(`frames.tab.location = '${bot}/tab/'`);
  }

  /** The client changes while the tab is open. */
  async become(client: Client): Promise<void> {
    await this.page.evaluate(`Object.assign(teams, { token: undefined }, ${JSON.stringify(client)})`);
    if (client.theme !== undefined) await this.page.evaluate(`tellTab('themeChange', '${client.theme}')`);
  }

  /** Opens the page where there is no Teams. */
  async loadOutside(): Promise<void> {
    await this.page.goto(`${bot}/tab/`);
  }

  /** What the tab has asked of its client. */
  async said(): Promise<readonly (readonly unknown[])[]> {
    return z.array(z.array(z.unknown())).parse(await this.page.evaluate('said'));
  }

  /** What an expression says in the tab's own document, or in the page where there is no Teams. */
  async inTab(expression: string): Promise<unknown> {
    return await this.#document.evaluate(expression);
  }

  get #document(): Frame {
    return this.page.frame({ name: 'tab' }) ?? this.page.mainFrame();
  }

  /** What keeps somebody with a keyboard, a screen reader or weak eyes from using the page as it stands. */
  async barriers(): Promise<readonly string[]> {
    return await barriersIn(this.#document);
  }
}
