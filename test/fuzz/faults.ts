/**
 * What is wrong with an input's way through the whole program: it may be refused, but only in words; nothing may be lost
 * or doubled; every edition that is made must say what the document says; and it must not take ages.
 */
import { editionNames, shelf } from '../../src/editions/index.js';
import type { Context } from '../../src/editions/edition.js';
import { read, type Reading } from '../../src/read/index.js';
import { Refusal } from '../../src/report.js';
import { flatOfDocument, verifyEdition } from '../../src/verify/index.js';
import { faultsOf } from '../reading-faults.js';
import type { Input } from './inputs.js';

/** Milliseconds of processor time for an input, and for each of its kilobytes: some fifty times what is usual. */
const patience = { base: 1000, perKilobyte: 50 };

/** Refusals that are no answer but a defect of ours. */
const defects: ReadonlySet<string> = new Set(['account-broken', 'internal']);

/** All but the PDF, which takes longer than the others together. */
export const lightEditions: readonly string[] = editionNames.filter((name) => name !== 'pdf');

/**
 * @param editions the names of those to make and read back
 * @returns what is wrong, in one line; null where nothing is
 */
export async function faultIn(
  input: Input,
  context: Context,
  editions: readonly string[],
): Promise<string | null> {
  const fault = await faultOnce(input, context, editions);
  // What took long is tried again: the first input of all loads the libraries.
  return fault?.startsWith('time: ') ? faultOnce(input, context, editions) : fault;
}

async function faultOnce(
  { bytes, file }: Input,
  context: Context,
  editions: readonly string[],
): Promise<string | null> {
  const before = process.cpuUsage();
  const fault = await faultOf(bytes, file, context, editions);
  const { user, system } = process.cpuUsage(before);
  const spent = (user + system) / 1000;
  const most = patience.base + (patience.perKilobyte * bytes.length) / 1024;
  if (fault !== null) return fault;
  return spent > most ? `time: ${Math.round(spent)} ms for ${bytes.length} bytes` : null;
}

async function faultOf(
  bytes: Uint8Array,
  file: string,
  context: Context,
  editions: readonly string[],
): Promise<string | null> {
  let reading: Reading;
  try {
    reading = await read(bytes, { file });
  } catch (error) {
    return defectIn(error, 'read');
  }
  const faults = faultsOf(reading);
  if (faults.length > 0) return `reading: ${faults.slice(0, 3).join('; ')}`;
  const flat = flatOfDocument(reading.document);
  for (const name of editions)
    try {
      const edition = (await shelf[name]?.())?.edition;
      if (!edition) throw new Error(`no edition ${name}`);
      const made = await edition.render(reading.document, context);
      const files = made instanceof Uint8Array ? new Map([[edition.extension, made]]) : made;
      const verdict = await verifyEdition(flat, name, files);
      if (verdict.result === 'unreadable') return `${name}: ${verdict.reason}`;
      if (verdict.result !== 'equal') return `${name}: ${JSON.stringify(verdict).slice(0, 600)}`;
    } catch (error) {
      const defect = defectIn(error, name);
      if (defect !== null) return defect;
    }
  return null;
}

/** A refusal in words is an answer; anything else is a defect. */
function defectIn(error: unknown, doing: string): string | null {
  if (error instanceof Refusal && !error.diagnostics.some(({ code }) => defects.has(code))) return null;
  return `${doing}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
