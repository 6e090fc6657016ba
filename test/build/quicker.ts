/** Loaded before every test file: spares each process what others have done, and what it would not live to profit from. */
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { compileCache } from './cache.ts';
import { engineFlags } from './engine-flags.ts';

enableCompileCache(compileCache);
for (const flag of engineFlags) setFlagsFromString(flag);
