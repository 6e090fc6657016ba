/** Loaded before every test file: several processes load the same sources, and only the first one compiles them. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'collector', 'compiled'));
