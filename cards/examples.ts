import { code, type Piece } from './words.ts';

/** A whole command, as it is typed in 1:1. */
export const collectExample: Piece = code('/collect lap-0042 suspicious logon, alert 1234');
/** The command that lists all commands. */
export const helpExample: Piece = code('/help');
/** The command that shows the asker's requests. */
export const statusExample: Piece = code('/status');
/** The command that shows earlier collections. */
export const historyExample: Piece = code('/history lap-0042');
/** The command that stops a machine action. */
export const cancelExample: Piece = code('/cancel 5382f7ea-7557-4ab7-9782-d50480024a4e wrong device');
