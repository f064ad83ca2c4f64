/** What kind of document a title names. */

/** The kinds of documents by the words of their titles, the more telling first. */
const types: readonly (readonly [string, () => RegExp])[] = [
  [
    'communique',
    () => /communiqu|kommuniqu|комюніке|komunikat|comunicado|comunicato|коммюнике|公报|公報|البيان الختامي/iu,
  ],
  [
    'declaration',
    () =>
      /d[ée]clara[tcç]|erkl[äa]rung|dichiarazione|verklaring|deklara|декларац|nyilatkozat|bildiri|beyanname|宣言|선언|إعلان|διακήρυξη/iu,
  ],
  [
    'resolution',
    () =>
      /(?:^|\/)RES(?![\p{L}])|r[ée]solu[tcç]|resolution|risoluzione|entschließung|резолюц|rezolucja|rezoluția|决议|決議|قرار/iu,
  ],
  [
    'treaty',
    () => /treaty|traité|tratado|trattato|vertrag|verdrag|договор|договір|traktat|条约|條約|معاهدة/iu,
  ],
  [
    'convention',
    () => /convention|convenci[óo]n|convenzione|übereinkommen|конвенц|konwencja|sözleşme|公约|公約|اتفاقية/iu,
  ],
  ['protocol', () => /protocol|protocole|protokoll|протокол|议定书|بروتوكول/iu],
  ['charter', () => /charter|charte|carta\b|устав|хартия|宪章|ميثاق/iu],
  [
    'agreement',
    () =>
      /agreement|memorandum of understanding|accord|acuerdo|acordo|угода|umowa|porozumienie|anlaşma|vereinbarung|abkommen|overeenkomst|соглашени|协定|協定|اتفاق/iu,
  ],
  [
    'statement',
    () =>
      /statement|énoncé|declaración conjunta|stellungnahme|заявлени|заява|oświadczenie|声明|聲明|성명|uttalande|uttalelse|udtalelse|بيان/iu,
  ],
  ['conclusions', () => /conclusions|schlussfolgerungen|conclusioni|conclusiones|выводы|konkluzje/iu],
  [
    'decision',
    () => /[./]dec(?![\p{L}])|decision|décision|decisi[óo]n|beschluss|решени|рішення|decyzja|决定|決定/iu,
  ],
];

/** What kind of document some title names, or null; its letters may be spaced out: `D E C L A R A T I O N`. */
export function documentTypeOf(title: string): string | null {
  const dotless = title.includes('İ') ? title.replace(/İ/g, 'I') : title;
  const words = / \S \S \S /.test(dotless) ? dotless.replace(/(?<=\p{L}) (?=\p{L}(?: |$))/gu, '') : title;
  return types.find(([, pattern]) => pattern().test(words))?.[0] ?? null;
}
