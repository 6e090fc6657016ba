import assert from 'node:assert/strict';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { TabFiles } from '../../../bot/tab/tab-files.ts';
import { readTabFiles } from '../../../bot/tab/tab-files.ts';
import { builtFiles } from './built-files.ts';
import { TabDesk } from './tab-desk.ts';

const most = 150 * 1024;

describe('the tab’s page', function () {
  this.timeout(20_000);
  const desk = new TabDesk();
  let files: TabFiles;
  let url: string;
  before(async () => {
    files = await builtFiles();
    url = await desk.open(files);
  });
  after(() => desk.close());

  it('is at most 150 KB, packed, with everything that it loads', async () => {
    const html = await (await fetch(`${url}/tab/`)).text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    assert.deepEqual(loaded.toSorted(), [`/tab/${files.style.name}`, `/tab/${files.script.name}`].toSorted());
    const css = files.style.plain.toString();
    assert.doesNotMatch(css, /url\(|@import/);
    const size = brotliCompressSync(html).length + files.script.brotli.length + files.style.brotli.length;
    assert.ok(size <= most, `${size} bytes`);
  });

  it('is sent packed to whoever takes it so, plain else, and kept for good', async () => {
    for (const { name, plain, type } of [files.script, files.style]) {
      for (const [accepts, encoding] of [
        ['br', 'br'],
        ['identity', null],
      ] as const) {
        const answer = await fetch(`${url}/tab/${name}`, { headers: { 'accept-encoding': accepts } });
        assert.equal(answer.headers.get('content-encoding'), encoding);
        assert.match(answer.headers.get('content-type') ?? '', new RegExp(`^${type}`));
        assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
        assert.deepEqual(Buffer.from(await answer.arrayBuffer()), plain);
      }
    }
    assert.deepEqual(brotliDecompressSync(files.script.brotli), files.script.plain);
  });

  it('has a name for each content, so that nobody keeps an older one', async () => {
    const page = await fetch(`${url}/tab/`);
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    assert.match(files.script.name, /^tab-[0-9a-f]{16}\.js$/);
  });

  it('has nothing inline, which the headers would not allow anyway', async () => {
    const page = await fetch(`${url}/tab/`);
    const html = await page.text();
    assert.doesNotMatch(html, /<script[^>]*>[^<]|<style|\sstyle=|\son\w+=/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors https:/);
  });

  it('is at the address with the slash, where Teams looks for it', async () => {
    const answer = await fetch(`${url}/tab?x=1`, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [308, '/tab/']);
    assert.equal((await fetch(`${url}/tab/tab.js`)).status, 404);
  });

  it('says what to do where nobody has built it', async () => {
    assert.equal(await readTabFiles(new URL('nowhere/', import.meta.url)), undefined);
    const bare = new TabDesk();
    const answer = await fetch(`${await bare.open()}/tab/`);
    bare.close();
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /npm run build/);
  });
});
