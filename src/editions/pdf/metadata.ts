/**
 * Metadata: the Info dictionary and the XMP packet, which must agree (ISO 19005-2, 6.6.3), and the claims of
 * PDF/A-2a (ISO 19005-2, 6.6.4) or 3a and PDF/UA-1 (ISO 14289-1, 5), the latter with the extension schema that PDF/A asks
 * for (6.6.2.3).
 */
import type { Document } from '../../document.js';
import { fileDate, type Context } from '../edition.js';

export interface Metadata {
  /** BCP 47; `und` too, as PDF/UA asks for a language (7.2). */
  readonly language: string;
  readonly title: string;
  readonly author: string | null;
  readonly subject: string | null;
  readonly keywords: string | null;
  readonly producer: string;
  readonly date: Date;
  /** The part of PDF/A that the file claims: 3 where another file is embedded (ISO 19005-3, 6.8), else 2. */
  readonly part: 2 | 3;
  /** The entries of the Info dictionary (ISO 32000-1, 14.3.3). */
  readonly info: Readonly<Record<string, string | Date>>;
}

/** The metadata of a document; its date is the document's, midnight UTC. */
export function metadataOf(document: Document, context: Context): Metadata {
  const title = plain(document.title) || document.id;
  const author = plain(document.issuer ?? '') || null;
  const subject = plain(document.subtitle ?? '') || null;
  const keywords =
    [document.documentType, document.symbol, document.place, document.datePrinted]
      .map((word) => plain(word ?? ''))
      .filter((word) => word !== '')
      .join('; ') || null;
  const producer = `Engross ${context.version}`;
  const date = new Date(`${fileDate(document, context)}T00:00:00Z`);
  return {
    language: document.language,
    title,
    author,
    subject,
    keywords,
    producer,
    date,
    part: context.template.pdf.attachSource ? 3 : 2,
    info: {
      Title: title,
      ...(author !== null && { Author: author }),
      ...(subject !== null && { Subject: subject }),
      ...(keywords !== null && { Keywords: keywords }),
      Creator: producer,
      Producer: producer,
      CreationDate: date,
      ModDate: date,
    },
  };
}

/** As one line, without what XML 1.0 (2.2) can't hold. */
const plain = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .trim();

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The XMP packet (ISO 16684-1). */
export function xmp(metadata: Metadata): string {
  const date = `${metadata.date.toISOString().slice(0, 19)}Z`;
  const alternative = (name: string, value: string | null) =>
    value === null
      ? ''
      : `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escape(value)}</rdf:li></rdf:Alt></dc:${name}>`;
  const author =
    metadata.author === null
      ? ''
      : `<dc:creator><rdf:Seq><rdf:li>${escape(metadata.author)}</rdf:li></rdf:Seq></dc:creator>`;
  const language =
    metadata.language === 'und'
      ? ''
      : `<dc:language><rdf:Bag><rdf:li>${escape(metadata.language)}</rdf:li></rdf:Bag></dc:language>`;
  const keywords =
    metadata.keywords === null ? '' : `<pdf:Keywords>${escape(metadata.keywords)}</pdf:Keywords>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
${alternative('title', metadata.title)}${author}${alternative('description', metadata.subject)}${language}
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:CreatorTool>${escape(metadata.producer)}</xmp:CreatorTool>
<pdf:Producer>${escape(metadata.producer)}</pdf:Producer>${keywords}
<pdfaid:part>${metadata.part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}
