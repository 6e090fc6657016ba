import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { connectToServer } from '../../../../src/adapters/store/backend.ts';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { keptLog } from '../defender/wire-server.ts';
import { freshDatabase } from './postgres-server.ts';

/** A fresh database by a URL without its password, and that password, which a token stands for. */
async function serverOfTokens(): Promise<{ readonly url: string; readonly token: string }> {
  const url = new URL(await freshDatabase());
  const token = url.password;
  url.password = '';
  return { url: url.href, token };
}

describe('a server that takes tokens for passwords', function () {
  this.timeout(60_000);

  it('is opened with one token per connection, by pool, migrations and job queue alike', async () => {
    const { url, token } = await serverOfTokens();
    const log = keptLog();
    let asked = 0;
    const password = async () => {
      asked += 1;
      return token;
    };
    const store = await openStore(url, log, password);
    try {
      await store.ready();
      assert.ok(asked >= 3, `only ${asked} connections asked for a token`);
    } finally {
      await store.close();
    }
    assert.ok(!JSON.stringify(log.lines).includes(token), 'the log holds a token');
  });

  it('gets the newest token at each new connection, so that one may end meanwhile', async () => {
    const { url, token } = await serverOfTokens();
    const tokens = [token, 'one that has ended', token];
    const backend = connectToServer(url, keptLog(), async () => tokens.shift() ?? token);
    const ask = () => sql`select 1`.execute(backend.db);
    try {
      await backend.db.connection().execute(async () => {
        await assert.rejects(ask(), /password authentication failed/);
        await ask();
      });
    } finally {
      await backend.close();
    }
  });

  it('says why there is no token, and names neither user nor server', async () => {
    const { url } = await serverOfTokens();
    const password = () => Promise.reject(new Error('the identity endpoint gave no answer'));
    await assert.rejects(openStore(url, keptLog(), password), (error) => {
      assert.match(String(error), /brought up to date/);
      assert.match(String(error instanceof Error && error.cause), /the identity endpoint gave no answer/);
      return true;
    });
  });
});
