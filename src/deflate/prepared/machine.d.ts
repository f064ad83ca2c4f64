import type { Machine } from '../deflate.js';

/** The machine in JavaScript. */
export function open(): Machine;
