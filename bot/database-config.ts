/** Where the tables live, and who signs in there: for the server and for every command that reads the database. */
import { isServerUrl } from '../src/adapters/store/server-url.ts';
import type { ConfigReader } from './config-reader.ts';

/** What the environment says about the database. */
export interface DatabaseSettings {
  /** `postgres://…`, perhaps with a password; or a directory. */
  readonly databaseUrl: string;
  /** Client id of the managed identity whose token is the password; undefined where the URL says all there is. */
  readonly databaseIdentity: string | undefined;
}

const identityVariable = 'DATABASE_MANAGED_IDENTITY_CLIENT_ID';
const example = 'postgres://collector-identity@db.example/collector?sslmode=verify-full';
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads the database's variables. A value may hold a password: it is never repeated. */
export function readDatabase(read: ConfigReader): DatabaseSettings {
  const databaseUrl = read.text('DATABASE_URL') ?? './data';
  if (/^[^/]*:\/\//.test(databaseUrl) && !isServerUrl(databaseUrl)) {
    read.fault('DATABASE_URL', 'is neither postgres://… nor a directory', 'postgres://collector@db.example/collector');
  }
  if (read.text(identityVariable) === undefined) return { databaseUrl, databaseIdentity: undefined };
  refuseUselessIdentity(read, databaseUrl);
  return { databaseUrl, databaseIdentity: read.guid(identityVariable, 'the client id of the managed identity') };
}

function refuseUselessIdentity(read: ConfigReader, databaseUrl: string): void {
  if (!isServerUrl(databaseUrl)) {
    read.fault(identityVariable, 'is set, but DATABASE_URL is a directory, where nobody signs in', 'leave it unset');
    return;
  }
  const url = URL.parse(databaseUrl);
  if (url === null) {
    read.fault('DATABASE_URL', 'cannot be read as an address', example);
    return;
  }
  const { password, username, hostname, searchParams } = url;
  if (password !== '' || searchParams.has('password')) {
    read.fault(identityVariable, 'is set, and DATABASE_URL holds a password: one of them would do nothing', example);
  }
  if (username === '') read.fault('DATABASE_URL', 'must name the role that the managed identity has there', example);
  if (searchParams.get('sslmode') !== 'verify-full' && !loopback.has(hostname)) {
    read.fault('DATABASE_URL', 'must say sslmode=verify-full, or the token would travel in the clear', example);
  }
}
