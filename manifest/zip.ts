/** A zip archive whose bytes depend on its content alone: not on the clock, the time zone, or the zlib of the machine. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A file at the root of the archive. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/** Packs the entries in the order given. Rejects when a name is not one that a zip archive may hold. */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  const zip = new ZipFile();
  const options = {
    // yazl writes local time; without the DOS form alone it adds a field in UTC, which would differ by time zone.
    mtime: new Date(1980, 0, 1),
    forceDosTimestamp: true,
    mode: 0o100644,
    // Deflate's output may differ between zlib versions. The icons do not get smaller anyway.
    compress: false,
  };
  for (const { name, content } of entries) zip.addBuffer(content, name, options);
  zip.end();
  return buffer(zip.outputStream);
}
