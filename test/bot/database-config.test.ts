import assert from 'node:assert/strict';
import { ConfigReader } from '../../bot/config-reader.ts';
import { readDatabase } from '../../bot/database-config.ts';

const identity = '0d000000-1111-4222-8333-444444444444';

/** What is read, and the variables that are at fault. */
function reading(environment: Readonly<Record<string, string>>) {
  const read = new ConfigReader(environment);
  const settings = readDatabase(read);
  return { settings, faults: read.faults };
}

describe('the database’s variables', () => {
  it('may leave out everything: then the store is a directory', () => {
    const { settings, faults } = reading({});
    assert.deepEqual(settings, { databaseUrl: './data', databaseIdentity: undefined });
    assert.deepEqual(faults, []);
  });

  it('may name a managed identity, for a server that is reached by TLS, or on this machine', () => {
    for (const databaseUrl of [
      'postgres://bot@db.postgres.database.azure.com/collector?sslmode=verify-full',
      'postgresql://bot@127.0.0.1:6432/collector',
      'postgres://bot@[::1]/collector',
    ]) {
      const { settings, faults } = reading({
        DATABASE_URL: databaseUrl,
        DATABASE_MANAGED_IDENTITY_CLIENT_ID: identity.toUpperCase(),
      });
      assert.deepEqual(settings, { databaseUrl, databaseIdentity: identity });
      assert.deepEqual(faults, [], databaseUrl);
    }
  });

  it('are refused where the identity would do nothing, or its token would travel in the clear', () => {
    const named = (DATABASE_URL: string) => reading({ DATABASE_URL, DATABASE_MANAGED_IDENTITY_CLIENT_ID: identity });
    for (const [url, variable, fault] of [
      ['./data', 'DATABASE_MANAGED_IDENTITY_CLIENT_ID', /is a directory/],
      ['postgres://bot:marker@localhost/c', 'DATABASE_MANAGED_IDENTITY_CLIENT_ID', /holds a password/],
      ['postgres://bot@localhost/c?password=marker', 'DATABASE_MANAGED_IDENTITY_CLIENT_ID', /holds a password/],
      ['postgres://localhost/c', 'DATABASE_URL', /must name the role/],
      ['postgres://bot@db.example/c', 'DATABASE_URL', /sslmode=verify-full/],
      ['postgres://bot@db.example/c?sslmode=require', 'DATABASE_URL', /sslmode=verify-full/],
      ['postgres://bot@db.example:x/c', 'DATABASE_URL', /cannot be read/],
    ] as const) {
      const { faults } = named(url);
      assert.deepEqual(
        faults.map((each) => each.variable),
        [variable],
        url,
      );
      assert.match(faults[0]?.fault ?? '', fault);
      assert.doesNotMatch(JSON.stringify(faults), /marker/);
    }
    assert.equal(
      reading({ DATABASE_URL: 'postgres://bot@localhost/c', DATABASE_MANAGED_IDENTITY_CLIENT_ID: 'mine' }).faults[0]
        ?.variable,
      'DATABASE_MANAGED_IDENTITY_CLIENT_ID',
    );
  });
});
