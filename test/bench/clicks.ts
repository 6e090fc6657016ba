/** One responder at work while the crowd asks: from the click on Collect to the POST at Defender. */

import { mia } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ask, type Scene } from '../story/scene.ts';
import { devices } from './world.ts';

/** Mia, who has signed in, and a device that nobody has asked for. */
export class Clicks {
  readonly #sandbox: Sandbox;
  #asked = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Asks for a collection, and waits until the card can be confirmed. */
  async prepare(): Promise<Scene> {
    const device = devices[this.#asked % devices.length];
    if (device === undefined) throw new RangeError('there is no device');
    this.#asked += 1;
    const { places } = this.#sandbox;
    const scene = await ask(this.#sandbox.client(mia), places.channel, device.id);
    await scene.card('Collect');
    return scene;
  }

  /** Clicks Collect. @returns the milliseconds until Defender has the POST */
  async press(scene: Scene): Promise<number> {
    const { journal } = this.#sandbox;
    const after = journal.mark;
    const began = performance.now();
    const posted = journal
      .next('defender.collect.received', undefined, { after })
      .then(() => performance.now() - began);
    const [ms] = await Promise.all([posted, scene.press('Collect')]);
    return ms;
  }
}
