import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { generate } from 'selfsigned';

/** The sandbox's own authority and one server certificate signed by it. All fields but `caFile` are PEM text. */
export interface Certificates {
  /** Path of the authority's certificate, for NODE_EXTRA_CA_CERTS of a child process. */
  readonly caFile: string;
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

let made: Promise<Certificates> | undefined;

/**
 * The certificates of this process, made at the first call. All sandboxes of one process share them, because a process
 * can be told once, at its start, whom to trust. The authority's private key is never written down.
 */
export function certificates(): Promise<Certificates> {
  made ??= makeCertificates();
  return made;
}

/**
 * Lets https clients inside this process trust the sandbox. Node reads NODE_EXTRA_CA_CERTS only at its start, so a
 * process that plays bot and sandbox at once needs this. Calling it again changes nothing.
 */
export async function trustInThisProcess(): Promise<void> {
  const { ca } = await certificates();
  const trusted = tls.getCACertificates('default');
  if (!trusted.includes(ca)) tls.setDefaultCACertificates([...trusted, ca]);
}

async function makeCertificates(): Promise<Certificates> {
  const lifetime = {
    notBeforeDate: new Date(Date.now() - 3_600_000),
    notAfterDate: new Date(Date.now() + 7 * 86_400_000),
  };
  const authority = await generate([{ name: 'commonName', value: 'Collector sandbox CA' }], {
    ...lifetime,
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...lifetime,
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const directory = await mkdtemp(join(tmpdir(), 'collector-sandbox-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const caFile = join(directory, 'ca.pem');
  await writeFile(caFile, authority.cert);
  return { caFile, ca: authority.cert, key: server.private, cert: server.cert };
}
