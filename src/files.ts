/**
 * The only room that touches the disk: which files are inputs, reading them, templates and fonts, and writing editions
 * so that each is old or new and never torn. Whatever the system refuses becomes a `Refusal` that names the path and
 * the reason in words.
 */
export type { Handle, Kind, Operations } from './files/disk.js';
export { byCodePoint, codeOf, refusal, system } from './files/disk.js';
export type { Fingerprint } from './files/fingerprints.js';
export { fingerprint, foldersIn, look, namesIn, stands } from './files/fingerprints.js';
export type { Input, Limits, SidecarFile } from './files/inputs.js';
export {
  listInputs,
  readInput,
  readSidecar,
  refuseLongLines,
  sidecarOf,
  usualLimits,
} from './files/inputs.js';
export type { Output, Outcome, Writing } from './files/output.js';
export { openOutput } from './files/output.js';
export type { Owner } from './files/owner.js';
export type { Shelves } from './files/shelves.js';
export { watchPaths } from './files/watching.js';
export { isShipped, openShelves, packageVersion } from './files/shelves.js';
