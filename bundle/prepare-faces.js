/**
 * Prepares the faces of the shipped templates for a quick start: writes src/editions/pdf/prepared/faces.json, from which
 * a face is opened and words are shaped without parsing the font's layout tables (src/editions/pdf/prepared.ts).
 *
 * Whether a face can be prepared, and for which characters, is told from its tables (OpenType 1.9, GSUB and GPOS): only
 * where shaping is ligatures and kerning by pairs, and nothing else. The numbers are what fontkit gives.
 *
 *     node bundle/prepare-faces.js [--check]
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { URL } from 'node:url';
import { create } from 'fontkit';

const target = new URL('../src/editions/pdf/prepared/faces.json', import.meta.url);

/** Latin and what stands between its words, as code points: nothing that combines, joins, or is invisible. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0x17f],
  [0x218, 0x21b],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
  [0x20ac, 0x20ac],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2212, 0x2212],
];

/** What fontkit applies to Latin text. */
const substituting = ['rvrn', 'ltra', 'ltrm', 'ccmp', 'locl', 'rlig', 'calt', 'clig', 'liga', 'rclt'];
const positioning = ['mark', 'mkmk', 'curs', 'kern'];

/** The lookups of some features of Latin text, in the order in which they apply. */
function lookupsOf(table, features) {
  const used = (tag) => {
    const entry = table.scriptList.find((script) => script.tag === tag);
    if (!entry) return null;
    return entry.script.defaultLangSys.featureIndexes
      .map((index) => table.featureList[index])
      .filter(({ tag: feature }) => features.includes(feature))
      .flatMap(({ tag: feature, feature: { lookupListIndexes } }) =>
        lookupListIndexes.map((index) => ({ feature, index, lookup: table.lookupList.get(index) })),
      )
      .sort((one, other) => one.index - other.index);
  };
  const [latin, common] = [used('latn') ?? used('DFLT'), used('DFLT')];
  const indices = (list) => JSON.stringify(list?.map(({ feature, index }) => [feature, index]));
  if (indices(latin) !== indices(common)) throw new Error('digits and letters are not shaped alike');
  return latin;
}

/** The glyphs of a coverage table. */
function covered(coverage) {
  if (coverage.version === 1) return new Set(coverage.glyphs);
  const glyphs = new Set();
  for (const { start, end } of coverage.rangeRecords)
    for (let glyph = start; glyph <= end; glyph++) glyphs.add(glyph);
  return glyphs;
}

const list = (lazy) => (Array.isArray(lazy) ? lazy : lazy.toArray());
const shared = (one, other) => [...one].filter((glyph) => other.has(glyph));
const extension = { GSUB: 7, GPOS: 9 };

/** The types and subtables of a lookup, those that another table holds included. */
function* subtables(lookup, table) {
  for (const subtable of lookup.subTables)
    yield lookup.lookupType === extension[table]
      ? { type: subtable.lookupType, subtable: subtable.extension }
      : { type: lookup.lookupType, subtable };
}

/** Whether a lookup passes over letters; that it passes over marks is nothing to glyphs of which none is one. */
const passesOver = ({ flags: { flags } }) => flags.ignoreBaseGlyphs || flags.ignoreLigatures;

/** Of some glyphs, those without which nothing is left but ligatures, and pairs that are moved along the line. */
function astray(glyphs, substitutions, positions) {
  const found = new Set();
  const add = (coverage) => shared(covered(coverage), glyphs).forEach((glyph) => found.add(glyph));
  // A context is never met where one of its places can't be filled: the least of them is given up.
  const addContext = ({ version, inputCoverage, backtrackCoverage, lookaheadCoverage }) => {
    if (version !== 3) throw new Error('only contexts by coverage are prepared');
    const [least] = [...inputCoverage, ...backtrackCoverage, ...lookaheadCoverage]
      .map((coverage) => shared(covered(coverage), glyphs))
      .sort((one, other) => one.length - other.length);
    for (const glyph of least) found.add(glyph);
  };
  for (const { lookup } of substitutions)
    for (const { type, subtable } of subtables(lookup, 'GSUB')) {
      if (type === 6) addContext(subtable);
      else if (type <= 3) add(subtable.coverage);
      else if (type !== 4) throw new Error(`substitution of type ${type} is not prepared`);
    }
  for (const { lookup } of positions)
    for (const { type, subtable } of subtables(lookup, 'GPOS')) {
      if (type === 8) addContext(subtable);
      else if (type === 4 || type === 5) add(subtable.markCoverage);
      else if (type === 6) add(subtable.mark1Coverage);
      else if (type !== 2 || passesOver(lookup)) add(subtable.coverage);
    }
  return found;
}

/** The ligatures of some glyphs: the parts, and what they become. The first that fits is taken. */
function ligaturesOf(glyphs, lookups) {
  const perLookup = lookups.map(({ lookup }) => {
    const ligatures = [];
    for (const { type, subtable } of subtables(lookup, 'GSUB')) {
      if (type !== 4) continue;
      for (const [index, first] of [...covered(subtable.coverage)].entries())
        for (const { components, glyph } of list(subtable.ligatureSets.get(index)))
          if ([first, ...components].every((part) => glyphs.has(part)))
            ligatures.push([[first, ...components], glyph]);
    }
    if (ligatures.length > 0 && passesOver(lookup))
      throw new Error('ligatures that pass over letters are not prepared');
    return ligatures;
  });
  const some = perLookup.filter((ligatures) => ligatures.length > 0);
  if (some.length > 1) throw new Error('ligatures of two lookups are not prepared');
  return some[0] ?? [];
}

/** Kerning as a matrix of classes: of each glyph on the left and on the right, and what each pair of them is moved by. */
function kerningOf(font, glyphs) {
  const one = (id) => font.getGlyph(id, []);
  const rows = glyphs.map((left) => {
    // One run for all pairs: left, first, left, second …
    const run = font.layout(
      glyphs.flatMap((right) => [one(left), one(right)]),
      { liga: false, ccmp: false },
      'latn',
    );
    if (
      run.positions.some(({ xOffset, yOffset, yAdvance }) => xOffset !== 0 || yOffset !== 0 || yAdvance !== 0)
    )
      throw new Error('glyphs are moved otherwise than along the line');
    return glyphs.map((_, index) => run.positions[2 * index].xAdvance - one(left).advanceWidth);
  });
  const classes = (vectors) => {
    const known = new Map();
    const ofEach = vectors.map((vector) => {
      const key = vector.join();
      if (!known.has(key)) known.set(key, { index: known.size, vector });
      return known.get(key).index;
    });
    return { ofEach, vectors: [...known.values()].map(({ vector }) => vector) };
  };
  const left = classes(rows);
  const right = classes(glyphs.map((_, column) => left.vectors.map((row) => row[column])));
  const values = left.vectors.map((_, row) => right.vectors.map((column) => column[row]));
  return { left: left.ofEach, right: right.ofEach, values };
}

function prepare(bytes) {
  const font = create(bytes);
  if (
    font.type !== 'TTF' ||
    font.fvar ||
    font.kern ||
    font.morx ||
    font.directory.tables['CFF '] ||
    font.directory.tables.COLR
  )
    throw new Error('only static TrueType faces are prepared');
  const substitutions = lookupsOf(font.GSUB, substituting);
  const positions = lookupsOf(font.GPOS, positioning);
  const glyphOf = (codePoint, features) =>
    font.layout(String.fromCodePoint(codePoint), features).glyphs[0].id;
  let shaped = ranges
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index))
    .filter((codePoint) => font.hasGlyphForCodePoint(codePoint));
  let superiors;
  let glyphs;
  for (let astrays = null; astrays?.size !== 0;) {
    superiors = shaped
      .map((codePoint) => [font.glyphForCodePoint(codePoint).id, glyphOf(codePoint, { sups: true })])
      .filter(([plain, raised]) => plain !== raised);
    glyphs = new Set([
      ...shaped.map((codePoint) => font.glyphForCodePoint(codePoint).id),
      ...superiors.map(([, raised]) => raised),
    ]);
    astrays = astray(glyphs, substitutions, positions);
    shaped = shaped.filter(
      (codePoint) =>
        !astrays.has(font.glyphForCodePoint(codePoint).id) &&
        !astrays.has(glyphOf(codePoint, { sups: true })),
    );
  }
  const ligatures = ligaturesOf(glyphs, substitutions);
  for (const [, glyph] of ligatures) glyphs.add(glyph);
  const kerned = [...glyphs].sort((one, other) => one - other);
  const characters = [...font.characterSet].sort((one, other) => one - other);
  const { head, post, bbox } = font;
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    postscriptName: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    lineGap: font.lineGap,
    capHeight: font.capHeight,
    xHeight: font.xHeight,
    italicAngle: font.italicAngle,
    bbox: { minX: bbox.minX, minY: bbox.minY, maxX: bbox.maxX, maxY: bbox.maxY },
    familyClass: font['OS/2'].sFamilyClass,
    isFixedPitch: post.isFixedPitch,
    italic: head.macStyle.italic,
    checkSumAdjustment: head.checkSumAdjustment,
    availableFeatures: [...new Set(font.availableFeatures)].sort(),
    characters: runsOf(characters, (codePoint) => font.glyphForCodePoint(codePoint).id),
    shaped: runsOf(shaped),
    superiors,
    ligatures,
    kerned,
    ...kerningOf(font, kerned),
  };
}

/** Code points as runs: the first, how many, and the glyph of each. */
function runsOf(codePoints, glyphOf) {
  const runs = [];
  for (const codePoint of codePoints) {
    const last = runs.at(-1);
    const run = last && last[0] + last[1] === codePoint ? last : [codePoint, 0, ...(glyphOf ? [[]] : [])];
    if (run !== last) runs.push(run);
    run[1]++;
    if (glyphOf) run[2].push(glyphOf(codePoint));
  }
  return runs;
}

/** The font files that the shipped templates name for Latin. */
function facesOfTemplates() {
  const { face } = JSON.parse(readFileSync(new URL('../templates/default.json', import.meta.url), 'utf8'));
  const { resolve } = createRequire(import.meta.url);
  return [face.regular, face.italic, face.bold, face.boldItalic].map((file) => resolve(file));
}

const text = `[\n${facesOfTemplates()
  .map((file) => JSON.stringify(prepare(readFileSync(file))))
  .join(',\n')}\n]\n`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  process.exitCode = 1;
  process.stderr.write(
    'The prepared faces are not those that the templates name: run node bundle/prepare-faces.js\n',
  );
}
