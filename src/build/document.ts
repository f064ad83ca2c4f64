/** One input, from its bytes to its files: read, make each edition, prove it, publish. */
import type { Diagnostic, Document } from '../document.js';
import type { Edition } from '../editions/edition.js';
import { filesOf } from '../editions/index.js';
import type { Input } from '../files.js';
import type { Found, Said } from '../manifest.js';
import { basisOf, factsOf } from '../manifest.js';
import type { Explain, Made, Report } from '../publish.js';
import { attempt } from '../publish.js';
import type { ReadingWithSidecar } from '../reading.js';
import { readWithSidecar } from '../reading.js';
import { diagnose, type Account } from '../report.js';
import { recordEnding } from '../verify/record.js';
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

  const made: Made[] = [];
  for (const edition of await workshop.editions()) {
    if (await isStopped(world)) return ended(unmade);
    made.push(...(await makeEdition(edition, document, workshop, reportOn(edition.name))));
  }
  if (await isStopped(world)) return ended(unmade);
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

/** The files of one edition; none where it can't carry the document, or with `--strict` not wholly. */
async function makeEdition(
  edition: Edition,
  document: Document,
  workshop: Workshop,
  report: Report,
): Promise<readonly Made[]> {
  const doubts: Diagnostic[] = [];
  const used: string[] = [];
  const context = {
    template: workshop.template,
    version: workshop.version,
    buildDate: workshop.world.buildDate,
    font: (file: string) => {
      used.push(file);
      return workshop.shelves.font(file);
    },
    asset: workshop.shelves.asset,
    warn: (diagnostic: Diagnostic) => doubts.push(diagnostic),
  };
  const files = await attempt(`making the ${edition.name} edition`, report, () =>
    filesOf(edition, document, context),
  );
  report(...doubts);
  if (files === undefined || (workshop.order.strict && doubts.some(isWarning))) return [];
  const fonts = await hashesOf(used, workshop);
  return [...files].map(([ending, bytes]) => ({
    file: document.id + ending,
    edition: edition.name,
    bytes,
    ...(fonts && { fonts }),
  }));
}

async function hashesOf(fonts: readonly string[], { fontHash }: Workshop) {
  if (fonts.length === 0) return null;
  const files = [...new Set(fonts)].sort((one, other) => (one < other ? -1 : 1));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await fontHash(file)] as const)),
  );
}

const isWarning = (diagnostic: Diagnostic) => diagnostic.severity === 'warning';

const strictly = (diagnostic: Diagnostic): Diagnostic =>
  isWarning(diagnostic) ? { ...diagnostic, severity: 'error' } : diagnostic;
