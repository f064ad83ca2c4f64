/** One input, from its bytes to its files: read, make each edition, prove it, publish. */
import type { Diagnostic, Document } from '../document.js';
import type { Input } from '../files.js';
import type { Found, Said } from '../manifest.js';
import { basisOf, factsOf } from '../manifest.js';
import type { Explain, Made, Report } from '../publish.js';
import { attempt } from '../publish.js';
import type { ReadingWithSidecar } from '../reading.js';
import { readWithSidecar } from '../reading.js';
import { diagnose, type Account } from '../report.js';
import { recordEnding } from '../verify/record.js';
import type { EditionMade } from './edition.js';
import { makeEdition } from './edition.js';
import type { BuiltDocument, Making, World } from './order.js';
import type { Workshop } from './workshop.js';

/**
 * So many bytes of editions, in all, may wait for the disk while the next document is made: more would keep two large
 * documents in memory at once.
 */
const mostWaiting = 4 * 1024 * 1024;

/**
 * Nothing that lies in the input, or in us, stops the build: it is reported.
 * @param isMade is told, for a document that is not large, when only its files are left to be written: the disk is waited
 * for, and the next document may be begun
 */
export async function makeDocument(
  input: Input,
  workshop: Workshop,
  isMade: () => void = () => undefined,
): Promise<Making> {
  const { order, world } = workshop;
  const said: Said[] = [];
  const reportOn =
    (edition: string | null): Report =>
    (...found) =>
      said.push(...found.map((one) => ({ edition, diagnostic: order.strict ? strictly(one) : one })));
  const report = reportOn(null);
  const ended = (rest: Partial<BuiltDocument>, manifest: Making['manifest'] = null): Making => ({
    document: {
      input: input.path,
      id: null,
      account: null,
      text: '',
      files: [],
      fidelity: null,
      diagnostics: said.map(({ diagnostic }) => diagnostic),
      standing: false,
      ...rest,
    },
    manifest,
  });

  const reading = await attempt('reading it', report, () =>
    readWithSidecar(input.path, order.encoding, {
      operations: world.operations,
      ...(order.limits && { limits: order.limits }),
    }),
  );
  if (!reading) return ended({});
  const { document, account, text } = reading;
  const unmade = { id: document.id, account, text };
  report(...document.diagnostics);
  if (account.lost > 0 || account.doubled > 0) report(broken(input, account));
  if (said.some(({ diagnostic }) => diagnostic.severity === 'error')) return ended(unmade);

  const all = await makeEditions(document, workshop);
  if (!all) return ended(unmade);
  const made = all.flatMap((edition) => {
    reportOn(edition.name)(...edition.said);
    return edition.made;
  });
  const size = made.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (!order.verify) {
    if (size <= mostWaiting) isMade();
    const { files, manifest } = await publish(reading, made, [], said, workshop, report);
    return ended({ ...unmade, files }, manifest);
  }
  const { isFaithful, prove, writeRecord } = await import('../verify/proof.js');
  const fidelity = await attempt('reading the editions back', report, () => prove(document, made, report));
  if (!fidelity || (await isStopped(world))) return ended(unmade);
  const faithful = made.filter(({ edition }) => isFaithful(fidelity, edition));
  if (size <= mostWaiting) isMade();
  const bytes = writeRecord(document.id, fidelity);
  const record = { file: document.id + recordEnding, edition: 'fidelity', bytes };
  const { files, manifest } = await publish(reading, faithful, [record], said, workshop, report);
  const editions = fidelity.editions.map(({ edition, verdict }) => ({ edition, verdict }));
  return ended({ ...unmade, files, fidelity: { canonical: fidelity.canonical, editions } }, manifest);
}

/** The editions in the order in which they were asked for; null where the build is to stop. */
async function makeEditions(document: Document, workshop: Workshop): Promise<readonly EditionMade[] | null> {
  const { order, world } = workshop;
  const made: EditionMade[] = [];
  for (const name of order.editions) {
    if (await isStopped(world)) return null;
    made.push(await makeEdition(name, document, workshop));
  }
  return (await isStopped(world)) ? null : made;
}

/** Puts the files, with a manifest of what they were made of and what was said of them. */
function publish(
  { document, account, sidecar }: ReadingWithSidecar,
  made: readonly Made[],
  beside: readonly Made[],
  said: readonly Said[],
  { order, world, version, template, templateBasis, publisher }: Workshop,
  report: Report,
) {
  const basis = basisOf(document, templateBasis, version, world.buildDate, sidecar);
  const editions = new Set(made.map(({ edition }) => edition));
  const found: Found = {
    encodingStated: order.encoding ?? null,
    date: document.date,
    document: factsOf(document),
    formulasEscaped: template.csv.escapeFormulas,
    account,
    diagnostics: said.filter(
      ({ edition, diagnostic }) =>
        diagnostic.severity !== 'error' && (edition === null || editions.has(edition)),
    ),
  };
  const explain: Explain = async (edition, standing, now) => {
    const { differenceOf } = await import('../verify/stale.js');
    return differenceOf(document, edition, byEnding(standing, document.id), byEnding(now, document.id));
  };
  return publisher.document(document.id, basis, found, made, report, beside, explain);
}

/** Files by what follows the document's id in their names. */
const byEnding = (files: ReadonlyMap<string, Uint8Array>, id: string): ReadonlyMap<string, Uint8Array> =>
  new Map([...files].map(([file, bytes]) => [file.slice(id.length), bytes]));

/** Whether the build is to stop; asked after a signal that has come meanwhile was heard. */
async function isStopped({ stop }: World): Promise<boolean> {
  if (!stop) return false;
  // Twice: the first time may come before the loop has looked for signals (libuv, the phases of its loop).
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  return stop.aborted;
}

const broken = (input: Input, { lost, doubled }: Account) =>
  diagnose('account-broken', `${lost} characters of “${input.path}” were lost and ${doubled} doubled.`);

const strictly = (diagnostic: Diagnostic): Diagnostic =>
  diagnostic.severity === 'warning' ? { ...diagnostic, severity: 'error' } : diagnostic;
