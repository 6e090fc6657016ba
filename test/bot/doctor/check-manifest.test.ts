import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAppPackage } from '../../../manifest/app-package.ts';
import { zipOf } from '../../../manifest/zip.ts';
import { ingredients } from '../../manifest/ingredients.ts';
import { botApp } from '../../sandbox/app.ts';
import { assertFound, Clinic } from './clinic.ts';

const domain = 'collector.contoso.com';

describe('the doctor, of the Teams app package', () => {
  let clinic: Clinic;
  let packageFile: string;
  before(async () => {
    clinic = await Clinic.open();
    packageFile = join(await mkdtemp(join(tmpdir(), 'collector-package-')), 'collector.zip');
  });
  after(async () => {
    await clinic.close();
    await rm(join(packageFile, '..'), { recursive: true });
  });

  const right = () => ({ MicrosoftAppId: botApp.appId, BOT_DOMAIN: domain, OAuthUrl: clinic.sandbox.tokenService.url });
  async function packed(changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const made = await makeAppPackage({ ...ingredients, env: { ...right(), ...changes } });
    assert.ok(made.kind === 'ready');
    await writeFile(packageFile, made.zip);
  }
  const look = (env: Readonly<Record<string, string>> = {}) =>
    clinic.look('manifest', { packageFile, env: { BOT_DOMAIN: domain, ...env } });

  it('finds what npm run package writes with the same variables in order', async () => {
    await packed();
    assertFound(await look(), 'ok', /are those of this bot/);
  });

  it('cannot tell without a package, and says where it looked', async () => {
    assertFound(await clinic.look('manifest'), 'notChecked', /no package at .*none\.zip.*--package/s);
  });

  it('says which of its parts are of another bot', async () => {
    await packed({ MicrosoftAppId: '00000000-0000-4000-8000-0000000000ff' });
    const finding = await look();
    assertFound(finding, 'failed', /bots\.botId is 0/);
    assertFound(finding, 'failed', /webApplicationInfo\.id is 0/);
    assertFound(finding, 'failed', /webApplicationInfo\.resource is api:\/\/collector\.contoso\.com\/botid-0/);
  });

  it('says that people would sign in to another app, also while nobody says where the bot is', async () => {
    await packed({ BOT_DOMAIN: 'other.contoso.com' });
    assertFound(
      await look(),
      'failed',
      /resource is api:\/\/other\.contoso\.com.* and not api:\/\/collector\.contoso\.com/,
    );
    assertFound(await look({ BOT_DOMAIN: '' }), 'ok', /are those of this bot/);
  });

  it('says which domain Teams would not open', async () => {
    await packed({ OAuthUrl: 'https://europe.token.botframework.com' });
    assertFound(await look(), 'failed', /validDomains lacks 127\.0\.0\.1\./);
    await packed();
    assertFound(await look({ BOT_DOMAIN: 'other.contoso.com' }), 'failed', /validDomains lacks other\.contoso\.com/);
  });

  it('takes the sign-in page of the cloud while the Token Service says nothing', async () => {
    await packed({ OAuthUrl: 'https://token.botframework.com' });
    assertFound(await look({ OAUTH_CONNECTION_NAME: 'none' }), 'ok', /are those of this bot/);
  });

  it('takes a star for the names one level below, and for no others', async () => {
    const manifest = {
      bots: [{ botId: botApp.appId }],
      webApplicationInfo: { id: botApp.appId, resource: `api://${domain}/botid-${botApp.appId}` },
      validDomains: ['127.0.0.1', '*.contoso.com'],
    };
    await writeFile(
      packageFile,
      await zipOf([{ name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) }]),
    );
    assertFound(await look(), 'ok', /are those of this bot/);
    assertFound(await look({ BOT_DOMAIN: 'a.b.contoso.com' }), 'failed', /lacks a\.b\.contoso\.com/);
  });

  it('says that a file is no such package', async () => {
    const others = [
      Buffer.from('no zip'),
      await zipOf([{ name: 'readme.txt', content: Buffer.from('x') }]),
      await zipOf([{ name: 'manifest.json', content: Buffer.from('no json') }]),
      await zipOf([{ name: 'manifest.json', content: Buffer.from('{"bots":[]}') }]),
    ];
    for (const content of others) {
      await writeFile(packageFile, content);
      assertFound(await look(), 'failed', /is no Teams app package.*npm run package/s);
    }
  });
});
