import { setTimeout as pause } from 'node:timers/promises';

/**
 * As whoever looks after the machines would: a start that fails, because something else is down or has taken its port, is
 * tried again for half a minute.
 */
export async function insist<Value>(start: () => Promise<Value>): Promise<Value> {
  for (let left = 30; ; left -= 1) {
    try {
      return await start();
    } catch (error) {
      if (left === 0) throw error;
      await pause(1_000);
    }
  }
}
