/** Where test runs keep what every process would else make anew. */
import { join } from 'node:path';

/** A folder that git does not see and `npm ci` empties. */
export const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'collector');
/** Node's compile cache: several processes load the same sources, and only the first one compiles them. */
export const compileCache = join(cache, 'compiled');
