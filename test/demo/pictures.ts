/** `npm run pictures`: draws the two pictures of the demo that the README shows anew, into `docs/pictures`. */
import { mkdir } from 'node:fs/promises';
import getPort from 'get-port';
import { hasChromium, startChromium } from '../cards/browser.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { startLiveDemo } from './live-demo.ts';
import { openPlaygroundPage } from './playground-page.ts';

const folder = new URL('../../docs/pictures/', import.meta.url);

process.exitCode = await main();

async function main(): Promise<number> {
  if (!hasChromium) {
    console.error('The pictures need Chromium at /usr/bin/chromium. On Debian: apt-get install chromium');
    return 1;
  }
  await mkdir(folder, { recursive: true });
  const demo = await startLiveDemo({ port: await getPort(), onFault: (fault) => console.error(fault) });
  const browser = await startChromium();
  try {
    const { page, thread, post, press, sees } = await openPlaygroundPage(browser, demo.url, 1.5);
    const draw = async (name: string) => {
      await page.mouse.move(0, 0);
      await thread.screenshot({ path: new URL(name, folder).pathname, animations: 'disabled' });
    };
    await post(`/collect ${fineDevice.id} suspicious logon, alert 1234`);
    await press('Sign in');
    // A button can be pressed when its card has settled: a trial click waits for that.
    await thread.getByRole('button', { name: 'Collect', exact: true }).click({ trial: true });
    await draw('demo-confirm.png');
    await press('Collect');
    await sees(/is on the card above/);
    await draw('demo.png');
  } finally {
    await browser.close();
    await demo.stop();
  }
  return 0;
}
