import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { drawCards, hasChromium, startChromium } from './browser.ts';
import { everyCard, everyGermanCard } from './every-card.ts';
import { hostileCards } from './hostile.ts';

describe('Drawn by a browser on the narrowest phone', function () {
  this.timeout(120_000);
  let browser: Browser | undefined;

  before(async function () {
    if (!hasChromium) {
      console.warn('    SKIPPED: no card was drawn, Chromium is missing. On Debian: apt-get install chromium');
      this.skip();
    }
    browser = await startChromium();
  });

  after(async () => {
    await browser?.close();
  });

  it('every card fits into 320 pixels, without a warning, an exception or a call to the network', async () => {
    assert.ok(browser !== undefined);
    const german = [...everyGermanCard].map(([name, card]) => [`${name}, in German`, card] as const);
    const { faults } = await drawCards(browser, new Map([...everyCard, ...german]), { theme: 'light', width: 320 });
    assert.deepEqual(faults, []);
  });

  it('names and reasons without a blank to break at fit, too', async () => {
    assert.ok(browser !== undefined);
    const { faults } = await drawCards(browser, hostileCards, { theme: 'dark', width: 320 });
    assert.deepEqual(faults, []);
  });

  it('a card that is too wide is noticed', async () => {
    assert.ok(browser !== undefined);
    const [first] = everyCard.values();
    assert.ok(first !== undefined);
    const wide = { type: 'TextBlock', text: 'unbreakable'.repeat(20), wrap: true, fontType: 'monospace' } as const;
    const { page } = await drawCards(browser, new Map(), { theme: 'light', width: 320 });
    const faults = await page.evaluate<string[]>(
      `drawCards([['wide', ${JSON.stringify({ ...first, body: [{ ...wide, wrap: false }] })}]], {})`,
    );
    assert.notDeepEqual(faults, []);
  });
});
