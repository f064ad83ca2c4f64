/**
 * Decode: bytes to text, without a guess that could change a word. UTF-8 and UTF-16 are recognised by what they are;
 * a legacy code page only where a detector and the bytes themselves leave no doubt; else the message names the
 * place and the likely encodings, and `--encoding` decides. Nothing becomes U+FFFD in silence.
 */
import type { Diagnostic } from '../document.js';
import { diagnose, Refusal } from '../report.js';
import { onDemand } from './on-demand.js';

const detector = onDemand(() => import('chardet'));
const codePages = onDemand(async () => (await import('iconv-lite')).default);

export interface Decoded {
  /** Without a byte-order mark. */
  readonly text: string;
  /** A WHATWG encoding label in lower case. */
  readonly encoding: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The most bytes of one input; a larger one is no official document but a mistake. */
export const largestInput = 64 * 1024 * 1024;

/** How the first bytes of other kinds of files look. */
const otherKinds: readonly { readonly start: readonly number[]; readonly kind: string }[] = [
  { start: [0x25, 0x50, 0x44, 0x46, 0x2d], kind: 'a PDF' },
  { start: [0x50, 0x4b, 0x03, 0x04], kind: 'a Word file or another ZIP' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], kind: 'an old Word file' },
  { start: [0x7b, 0x5c, 0x72, 0x74, 0x66], kind: 'a rich text (RTF) file' },
  { start: [0x89, 0x50, 0x4e, 0x47], kind: 'a picture' },
  { start: [0xff, 0xd8, 0xff], kind: 'a picture' },
  { start: [0x1f, 0x8b], kind: 'a compressed file' },
];

/**
 * Called by way of `withLibraries`: legacy code pages need some.
 * @param encoding a WHATWG encoding label that overrules what the bytes say
 * @throws Refusal for no bytes, bytes that are no text, and bytes whose encoding is in doubt
 */
export function decode(bytes: Uint8Array, encoding?: string): Decoded {
  if (bytes.length === 0) throw new Refusal(diagnose('input-empty', 'The file is empty.'));
  if (bytes.length > largestInput)
    throw new Refusal(
      diagnose('input-too-large', `The file has ${bytes.length} bytes; ${largestInput} are the most.`),
    );
  const other = otherKinds.find(({ start }) => start.every((byte, index) => bytes[index] === byte));
  if (other) throw new Refusal(diagnose('input-binary', `This is ${other.kind}, not text.`));
  const decoded = encoding === undefined ? recognised(bytes) : named(bytes, encoding);
  if (decoded.text.trim() === '')
    throw new Refusal(diagnose('input-empty', 'The file holds nothing but white space.'));
  return decoded;
}

function recognised(bytes: Uint8Array): Decoded {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const wide = utf16WithoutMark(body);
  if (wide) return utf16(body, wide);
  const nul = body.indexOf(0);
  if (nul >= 0)
    throw new Refusal(
      diagnose('input-binary', `The file holds a NUL byte at offset ${nul}: this is not text.`),
    );
  const text = strictUtf8(body);
  if (text !== null) return { text, encoding: 'utf-8', diagnostics: [] };
  const cut = cutUtf8(body);
  if (cut !== null) return cut;
  return legacy(bytes, firstInvalidUtf8(body) + (marked ? 3 : 0));
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-8 that is whole but for a last character cut in two. */
function cutUtf8(bytes: Uint8Array): Decoded | null {
  for (let missing = 1; missing <= 3 && missing < bytes.length; missing++) {
    const lead = bytes[bytes.length - missing] ?? 0;
    if (lead < 0xc2) continue;
    const text = strictUtf8(bytes.subarray(0, bytes.length - missing));
    // One stray byte at the end of plain ASCII says nothing about the encoding.
    if (text === null || !/[^\0-\x7f]/.test(text)) return null;
    return {
      text: `${text}\ufffd`,
      encoding: 'utf-8',
      diagnostics: [truncated(missing, bytes.length - missing)],
    };
  }
  return null;
}

const truncated = (missing: number, offset: number): Diagnostic =>
  diagnose(
    'input-truncated',
    `The file ends in the middle of a character: its last ${missing === 1 ? 'byte' : `${missing} bytes`} (offset ${offset}) can't be read and ${missing === 1 ? 'stands' : 'stand'} as U+FFFD.`,
  );

/** The byte offset of the first byte that is no UTF-8. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  const decodes = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), {
        stream: true,
      });
      return true;
    } catch {
      return false;
    }
  };
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodes(middle)) low = middle;
    else high = middle - 1;
  }
  // The place of the character that breaks off, not of the byte that shows it.
  while (low > 0 && (bytes[low - 1] ?? 0) >= 0x80) low--;
  return low;
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const odd = bytes.length % 2;
  const even = Buffer.from(bytes.subarray(0, bytes.length - odd));
  const text = (encoding === 'utf-16be' ? even.swap16() : even).toString('utf16le') + (odd ? '\ufffd' : '');
  const nul = text.indexOf('\0');
  if (nul >= 0)
    throw new Refusal(
      diagnose('input-binary', `The file holds a NUL character at offset ${nul * 2}: this is not text.`),
    );
  return { text, encoding, diagnostics: odd ? [truncated(1, bytes.length - 1)] : [] };
}

/** UTF-16 without a mark shows as a NUL in nearly every second byte of Latin text, or of its spaces and line ends. */
function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index++)
    if (sample[index] === 0) {
      if (index % 2) odd++;
      else even++;
    }
  if (odd > sample.length / 8 && even === 0) return 'utf-16le';
  if (even > sample.length / 8 && odd === 0) return 'utf-16be';
  return null;
}

/** The detector's names, as WHATWG labels. */
const labels: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'iso-8859-6',
  'ISO-8859-7': 'iso-8859-7',
  'ISO-8859-8': 'iso-8859-8',
  'ISO-8859-9': 'windows-1254',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'KOI8-R': 'koi8-r',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  Big5: 'big5',
  GB18030: 'gb18030',
};

/** From this plausibility on a reading may stand, and it must lead the next one by so much. */
const sure = 0.8;
const lead = 0.12;

function legacy(bytes: Uint8Array, offset: number): Decoded {
  const confidence = new Map(
    detector()
      .analyse(bytes)
      .map(({ name, confidence: percent }) => [labels[name] ?? '', percent]),
  );
  const ranked = [...new Set(Object.values(labels))]
    .map((label) => ({ label, text: decodedAs(bytes, label) }))
    .filter((one): one is { label: string; text: string } => one.text !== null)
    .map(({ label, text }) => ({
      label,
      text,
      score:
        plausibility(text) * 0.8 +
        ((confidence.get(label) ?? 0) / 100) * 0.4 -
        (label === 'windows-1252' && isNoWesternText(text) ? strange : 0),
    }))
    .sort((one, other) => other.score - one.score);
  const [best, next] = withoutTwins(ranked);
  if (
    best &&
    best.score >= sure &&
    (next === undefined || best.score - next.score >= lead || best.text === next.text)
  )
    return { text: best.text, encoding: best.label, diagnostics: [] };
  if (best && next && isLikely(best, next, confidence))
    return { text: best.text, encoding: best.label, diagnostics: [likelier(best, next)] };
  const likely = ranked
    .filter(({ score }) => score > 0.3)
    .slice(0, 3)
    .map(({ label }) => label);
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
  throw new Refusal(
    diagnose(
      'encoding-unknown',
      `This is not UTF-8 (byte 0x${byte} at offset ${offset}), and the bytes don't say for sure what it is${likely.length > 0 ? `; likely: ${likely.join(', ')}` : ''}.`,
      undefined,
      `Name the encoding, for example --encoding ${likely[0] ?? 'windows-1252'}, or save the file as UTF-8.`,
    ),
  );
}

/** A short text: the letters speak for one reading by less, and the detector for the same one nearly twice as loud. */
const leadOfShort = 0.07;
const loud = 30;
const louder = 1.75;

function isLikely(best: Ranked, next: Ranked, confidence: ReadonlyMap<string, number>): boolean {
  const own = confidence.get(best.label) ?? 0;
  const others = [...confidence].filter(([label]) => label !== best.label).map(([, percent]) => percent);
  return (
    best.score >= sure &&
    best.score - next.score >= leadOfShort &&
    own >= loud &&
    own >= louder * Math.max(0, ...others)
  );
}

const likelier = (best: Ranked, next: Ranked): Diagnostic =>
  diagnose(
    'encoding-likely',
    `The text is short: it was read as ${best.label}, which is much likelier than ${next.label}.`,
  );

/** How much less likely the Western code page is where no Western language has such letters side by side. */
const strange = 0.4;

/** What letters of other code pages show as in the Western one, beside letters that no one language has with them. */
const strangers: readonly (readonly [RegExp, RegExp, RegExp | null])[] = [
  // Hungarian ő and ű as õ and û: Portuguese, which has õ, has ã and ç; Estonian has no accents.
  [/[a-z]õ|õ[a-z]/i, /[áéí]/i, /[ãç]/i],
  // Czech, Slovene and Croatian č, ě, ř, ć, đ beside š and ž, which both code pages have.
  [/[a-z][èìøæð]|[èìøæð][a-z]/i, /[šž]/i, null],
  // Turkish ı, ş, ğ as ý, þ, ð: Icelandic, which has them, has neither ç nor ü.
  [/[a-z][ýþð]|[ýþð][a-z]/i, /[çü]/i, null],
  // Romanian ţ and ş as þ and º.
  [/[a-z][þº][a-z]/i, /[ãî]/i, null],
];

function isNoWesternText(text: string): boolean {
  const sample = text.slice(0, 20_000);
  return strangers.some(
    ([letter, beside, unless]) =>
      letter.test(sample) && beside.test(sample) && (unless === null || !unless.test(sample)),
  );
}

/** Code pages that share most of their letters: of two such readings the one that gives more letters is right. */
const twins: readonly (readonly [string, string])[] = [
  ['iso-8859-7', 'windows-1253'],
  ['iso-8859-2', 'windows-1250'],
  ['iso-8859-8', 'windows-1255'],
];

interface Ranked {
  readonly label: string;
  readonly text: string;
  readonly score: number;
}

/** Of twins the one that is left; where both give the same text, with the better score of both. */
function withoutTwins(ranked: readonly Ranked[]): Ranked[] {
  const letters = (text: string): number => (text.match(/\p{L}/gu) ?? []).length;
  let left = [...ranked];
  for (const [one, other] of twins) {
    const first = ranked.find(({ label }) => label === one);
    const second = ranked.find(({ label }) => label === other);
    if (!first || !second) continue;
    const [better, worse] = letters(first.text) > letters(second.text) ? [first, second] : [second, first];
    const score = better.text === worse.text ? Math.max(better.score, worse.score) : better.score;
    left = left.flatMap((twin) => (twin === worse ? [] : [twin === better ? { ...twin, score } : twin]));
  }
  return left.sort((one, other) => other.score - one.score);
}

/** A legacy reading, or null where it can't be: a C1 control is what a wrong code page shows in place of a letter. */
function decodedAs(bytes: Uint8Array, label: string): string | null {
  const text = codePages().decode(Buffer.from(bytes), label);
  return /[\ufffd\u0080-\u0084\u0086-\u009f\0]/.test(text) ? null : text;
}

/**
 * How much a text looks like one, from 0 to 1. A wrong code page shows letters in the wrong case (`аБВ`), symbols
 * within words, and Latin words made mostly of accented letters.
 */
function plausibility(text: string): number {
  const sample = text.slice(0, 20_000);
  const count = (pattern: RegExp) => (sample.match(pattern) ?? []).length;
  const foreign = count(/[^\0-\x7f]/g);
  if (foreign === 0) return 0;
  const letters = count(/\p{L}/gu);
  const latin = count(/\p{Script=Latin}/gu);
  const accented = count(/(?![a-z])\p{Script=Latin}/giu);
  const misplaced =
    count(/\p{Ll}\p{Lu}(?=\p{L})/gu) + count(/\p{L}[^\p{L}\p{N}\p{P}\p{Z}\p{M}\s]+\p{L}/gu) * 2;
  const scripts = [
    /\p{Script=Latin}/gu,
    /\p{Script=Cyrillic}/gu,
    /\p{Script=Greek}/gu,
    /\p{Script=Hebrew}/gu,
    /\p{Script=Arabic}/gu,
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
    /\p{Script=Hangul}/gu,
  ]
    .map(count)
    .filter((times) => times > letters * 0.03).length;
  const rare = count(/[\ue000-\uf8ff\u2500-\u259f¤¦¨¬¯±¶¸×÷]/g);
  let score =
    1 -
    misplaced / Math.max(20, letters / 10) -
    rare / Math.max(10, foreign / 4) -
    Math.max(0, scripts - 2) * 0.3;
  if (latin > letters / 2 && accented > latin * 0.3) score -= 0.6;
  return Math.max(0, Math.min(1, score));
}

function named(bytes: Uint8Array, encoding: string): Decoded {
  const label = encoding.toLowerCase();
  if (label === 'utf-16le' || label === 'utf-16be') {
    const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return utf16(marked ? bytes.subarray(2) : bytes, label);
  }
  if (!codePages().encodingExists(label))
    throw new Refusal(
      diagnose(
        'usage',
        `There is no encoding “${encoding}”.`,
        undefined,
        'Name one such as utf-8, windows-1251, gb18030 or shift_jis.',
      ),
    );
  const text = codePages().decode(Buffer.from(bytes), label, { stripBOM: true });
  const at = text.indexOf('\ufffd');
  if (at >= 0) {
    const line = text.slice(0, at).split('\n').length;
    throw new Refusal(
      diagnose(
        'encoding-undecodable',
        `Line ${line} can't be read as ${label}: it holds a byte that this encoding does not have.`,
      ),
    );
  }
  if (text.includes('\0'))
    throw new Refusal(
      diagnose('input-binary', `Read as ${label}, the file holds a NUL character: this is not text.`),
    );
  return { text, encoding: label, diagnostics: [] };
}
