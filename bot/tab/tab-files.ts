/** The built page: `npm run build` writes it, and the image's build does. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** One file that the page loads. */
export interface TabFile {
  /** With a fingerprint of its content, so that a browser may keep it for good. */
  readonly name: string;
  readonly type: 'text/javascript' | 'text/css';
  readonly plain: Buffer;
  /** The same, packed by Brotli. */
  readonly brotli: Buffer;
}

/** What the page is made of. */
export interface TabFiles {
  readonly script: TabFile;
  readonly style: TabFile;
}

/** Reads it; undefined when nobody has built it. */
export async function readTabFiles(from: URL): Promise<TabFiles | undefined> {
  const read = (name: string) => readFile(new URL(name, from));
  try {
    const [script, packedScript, style, packedStyle] = await Promise.all(
      ['tab.js', 'tab.js.br', 'tab.css', 'tab.css.br'].map(read),
    );
    if (script === undefined || packedScript === undefined || style === undefined || packedStyle === undefined) {
      return undefined;
    }
    return {
      script: tabFile('js', 'text/javascript', script, packedScript),
      style: tabFile('css', 'text/css', style, packedStyle),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function tabFile(ending: string, type: TabFile['type'], plain: Buffer, brotli: Buffer): TabFile {
  const fingerprint = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  return { name: `tab-${fingerprint}.${ending}`, type, plain, brotli };
}
