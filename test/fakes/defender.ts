import type { Defender } from '../../src/ports.ts';
import { unexpected } from './unexpected.ts';

/** A Defender that must not be called but for what a test lets it answer. */
export function fakeDefender() {
  return {
    device: unexpected<Defender['device']>('device'),
    devicesNamed: unexpected<Defender['devicesNamed']>('devicesNamed'),
    devicesNear: unexpected<Defender['devicesNear']>('devicesNear'),
    collect: unexpected<Defender['collect']>('collect'),
    action: unexpected<Defender['action']>('action'),
    actionsOnDevice: unexpected<Defender['actionsOnDevice']>('actionsOnDevice'),
    actionsOfRequestor: unexpected<Defender['actionsOfRequestor']>('actionsOfRequestor'),
    actionsSince: unexpected<Defender['actionsSince']>('actionsSince'),
    cancel: unexpected<Defender['cancel']>('cancel'),
    packageLink: unexpected<Defender['packageLink']>('packageLink'),
  } satisfies Defender;
}
