/** Loaded before every test file. */
import { enableCompileCache } from 'node:module';
import { compileCache } from './cache.ts';

enableCompileCache(compileCache);
