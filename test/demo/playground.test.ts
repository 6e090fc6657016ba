import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import getPort from 'get-port';
import type { Browser } from 'playwright-core';
import { hasChromium, startChromium } from '../cards/browser.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { type DemoProcess, descendantsOf, isAlive, startDemo } from './demo-process.ts';
import { openPlaygroundPage } from './playground-page.ts';

const failurePicture = 'out/playground-test-failed.png';

describe('npm run demo, in a browser', function () {
  this.timeout(240_000);
  let demo: DemoProcess;
  let browser: Browser | undefined;
  let url: string;

  before(async () => {
    demo = startDemo(['--port', `${await getPort()}`]);
    url = (await demo.line(/^Open http/)).replace('Open ', '');
  });
  after(async () => {
    await browser?.close();
    demo.child.kill('SIGTERM');
    await demo.ended;
  });

  it('a responder types the command, signs in and confirms on the card, and sees it succeed and the closing message', async function () {
    if (!hasChromium) {
      console.warn('\nNOT TESTED: the browser test needs Chromium at /usr/bin/chromium: apt-get install chromium\n');
      return this.skip();
    }
    browser = await startChromium();
    const { page, thread, post, press, sees, strangers } = await openPlaygroundPage(browser, url);
    try {
      await post(`/collect ${fineDevice.id} suspicious logon, alert 1234`);
      await press('Sign in');
      await sees(fineDevice.computerDnsName);
      await press('Collect');
      await sees('Succeeded');
      await sees(/is on the card above/);
      assert.match(await thread.innerText(), /Mia Berg.*ws-mia-042.*Succeeded/s);
      await press('Get download link');
      await thread
        .getByRole('button', { name: 'Download' })
        .or(thread.getByRole('link', { name: 'Download' }))
        .waitFor();
    } catch (error) {
      await mkdir('out', { recursive: true });
      await page.screenshot({ path: failurePicture, fullPage: true });
      throw new Error(`See ${failurePicture}. The demo wrote:\n${demo.lines.join('\n')}`, { cause: error });
    }
    const collected = /^Defender, as mia\.berg@contoso\.example: POST .*collectInvestigationPackage → 201$/;
    assert.equal(demo.lines.filter((line) => collected.test(line)).length, 1);
    assert.deepEqual([...strangers], [], 'the page got something from elsewhere');
  });

  it('the page may load nothing from elsewhere', async () => {
    const { headers } = await fetch(url);
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'self'/);
  });

  it('the page cannot be opened from other machines', async function () {
    const outside = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) return this.skip();
    const socket = connect(Number(new URL(url).port), outside.address);
    const [error] = await once(socket, 'error');
    assert.equal(error.code, 'ECONNREFUSED');
  });

  it('Ctrl-C ends every process', async function () {
    // How to find a process's children differs from system to system.
    if (process.platform !== 'linux') return this.skip();
    const { pid } = demo.child;
    assert.ok(pid);
    const processes = await descendantsOf(pid);
    assert.equal(processes.length, 2, 'the bot and the Playground');
    demo.child.kill('SIGINT');
    assert.equal(await demo.ended, 0);
    assert.deepEqual(processes.filter(isAlive), []);
  });
});
