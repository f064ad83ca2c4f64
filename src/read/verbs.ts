/**
 * The verbs of resolutions: a recital begins with one ("Recalling …"), and so does a paragraph that does something
 * ("Decides …"). After the lists that drafters use (United Nations Editorial Manual, "Words commonly used").
 */
import { once } from './once.js';

const adverbs =
  '(?:also|further|once again|again|fully|deeply|gravely|seriously|strongly|firmly|solemnly|particularly|especially|still|likewise|moreover|furthermore|having|being|resolutely|profoundly|warmly|highly|equally|duly|expressly)';

/** Participles of recitals, English; other languages below. */
const recitals = [
  `${adverbs}(?:\\s+(?:and|,)\\s+${adverbs})*\\s+(?:\\p{L}+ing|concerned|alarmed|convinced|aware|conscious|mindful|disturbed|determined|considered|examined|received|heard|studied|noted|met|adopted|reviewed|decided|guided)`,
  'recalling|reaffirming|noting|considering|recognizing|recognising|welcoming|emphasizing|emphasising|stressing|acknowledging|bearing in mind|taking note|taking into account|taking into consideration|concerned|alarmed|convinced|aware|conscious|mindful|guided by|determined|desiring|desirous|believing|affirming|expressing|observing|underlining|underscoring|appreciating|reiterating|regretting|deploring|condemning|resolved|acting under|seeking|wishing|confident|cognizant|disturbed|encouraged|inspired|persuaded|seized|whereas|having \\p{L}+|proclaiming|highlighting|intending|undertaking|confirming|commending|anxious|mindful of|in pursuance of|proceeding from|aspiring|reviewing|agreeing|faithful|undertaking|bearing',
  // French
  "considérant|rappelant|réaffirmant|notant|prenant note|ayant à l[’']esprit|consciente?s?|convaincue?s?|soulignant|reconnaissant|se félicitant|préoccupée?s?|vivement|profondément|gardant|tenant compte|constatant|désireu(?:x|ses?)|résolue?s?|animée?s?|vu|estimant|affirmant|exprimant|saluant|déplorant|se déclarant|guidée?s?|ayant",
  // Spanish
  'considerando|recordando|reafirmando|observando|tomando nota|teniendo (?:en cuenta|presente)|conscientes?|convencid[ao]s?|subrayando|reconociendo|acogiendo|preocupad[ao]s?|profundamente|deseos[ao]s?|resuelt[ao]s?|destacando|expresando|guiad[ao]s?|habiendo',
  // German, Italian, Dutch, Portuguese
  'geleitet|bestrebt|in der (?:erkenntnis|überzeugung|absicht|hoffnung)|in (?:kenntnis|würdigung|anerkennung)|im (?:hinblick|bewusstsein|bestreben|geiste)|von dem wunsch|desideros[ie]|riconoscendo|animat[ie]|reconhecendo|animad[oa]s|convencid[oa]s|tendo presente|geleid door|verlangende|wensende|erkennende|overtuigd|in der erwägung|in anbetracht|eingedenk|in bekräftigung|unter hinweis|entschlossen|überzeugt|in dem (?:bewusstsein|bestreben|wunsch)|gestützt auf|considerando|tenendo conto|ricordando|riaffermando|consapevoli?|convint[ie]|overwegende|gelet op|bevestigende|indachtig|tendo em conta|reafirmando|conscientes',
  // Russian, Serbian
  'сознавая|убежденн(?:ые|ая|ый)|желая|констатируя|обеспокоенн(?:ые|ая)|намереваясь|считаясь|опираясь|основываясь|ссылаясь|подтверждая|отмечая|принимая во внимание|учитывая|признавая|будучи|считая|руководствуясь|выражая|подчеркивая|приветствуя|осознавая|стремясь|исходя|напоминая|п[оo]шт[оo]',
  // Italian participles, Ukrainian, Romanian
  'vist[oaie]|considerat[oaie]|premess[oaie]|rilevat[oaie]|ritenut[oaie]|керуючись|бажаючи|підтверджуючи|визнаючи|враховуючи|беручи до уваги|усвідомлюючи|прагнучи|відзначаючи|посилаючись|виходячи|având în vedere|considerând|recunoscând|reafirmând|dornic[ei]|convins[ei]',
  // Polish, Czech, Greek
  'uznając|pragnąc|mając na uwadze|uwzględniając|potwierdzając|przekonan[ie]|świadom[ie]|vedeni|vědomi|berouce|uznávajíce|přejíce|επιθυμώντας|αναγνωρίζοντας|λαμβάνοντας υπόψη|έχοντας υπόψη|υπενθυμίζοντας|εκτιμώντας',
  // Hungarian, Chinese
  'tekintettel|鉴\\s?于|鑑於|重申|回顾|注意到|意识到|铭记|忆及',
  // Arabic
  'إذ|و?لما كانت?|وإذ',
].join('|');

const operatives = [
  'takes? note|determines?|extends?|renews?|authori[sz]es?|intends?|looks? forward|pays? tribute|warns?|underscores?|mandates?|tasks?|directs?|reaffirms?|mobilizes?|agrees?|undertakes?|decides?|requests?|urges?|calls? (?:upon|on|for)|calls?|invites?|encourages?|reaffirms?|recognizes?|recognises?|welcomes?|emphasizes?|emphasises?|stresses|stress|notes?|expresses|express|reiterates?|commits?|acknowledges?|adopts?|approves?|endorses?|affirms?|appeals?|authorizes?|condemns?|commends?|considers?|confirms?|declares?|demands?|deplores?|designates?|directs?|draws? attention|establishes|instructs?|proclaims?|recalls?|recommends?|regrets?|reminds?|resolves?|strongly|supports?|underlines?|underscores?|once again|also|further|deeply|solemnly',
].join('|');

/** Adverbs that may stand before an operative verb. */
const leading = 'also|further|once again|again|strongly|deeply|solemnly|likewise|fully';

const recitalPattern = once(
  () => new RegExp(`^[*_"“«]*((?:${recitals}))(?:(?![\\p{L}])|(?<=\\p{Script=Han}))`, 'iu'),
);
const operativePattern = once(
  () => new RegExp(`^[*_"“«]*((?:(?:${leading})\\s+)*(?:${operatives}))(?![\\p{L}])`, 'iu'),
);

/** The letters (ASCII) among the first three characters, up to the first other one. */
const firstLetters = (words: string): string => /^[a-z]{0,3}/i.exec(words)?.[0].toLowerCase() ?? '';

/**
 * The first letters of each alternative, for these patterns take 1 to 3 ms to compile. No alternative has a class or a
 * quantifier so near its beginning.
 */
const beginnings = (alternatives: string): ReadonlySet<string> =>
  new Set(alternatives.split('|').map((one) => firstLetters(one.replace(/^(?:\(\?:)+/, ''))));
const recitalBeginnings = once(() => beginnings(recitals));
const operativeBeginnings = once(() => beginnings(`${leading}|${operatives}`));

/** False where some words begin with ASCII letters that no verb of a list begins with. */
function mayBegin(words: string, verbs: () => ReadonlySet<string>): boolean {
  const start = words.replace(/^[*_"“«]+/, '').slice(0, 3);
  return /[^\0-\x7f]/.test(start) || verbs().has(firstLetters(start));
}

/** Any other participle in English; these words are none. */
const participle = once(
  () =>
    /^[*_"“«]*((?!(?:During|Following|According|Concerning|Regarding|Including|Notwithstanding|Pending|Nothing|Anything|Something|Everything|Morning|Evening|Meeting|Building|Spring|King|Being)(?!\p{L}))\p{Lu}\p{Ll}{3,}ing)(?!\p{L})/u,
);

/** The verb with which a recital begins, as printed, or null. */
export function recitalVerb(words: string): string | null {
  const found =
    (mayBegin(words, recitalBeginnings) ? recitalPattern().exec(words)?.[1] : undefined) ??
    (/^\S{4,60}ing/.test(words) ? participle().exec(words)?.[1] : undefined);
  return found?.replace(/[*_]/g, '') ?? null;
}

/** The verb with which an operative paragraph begins, as printed, or null. A capital begins it: it is no running text. */
export function operativeVerb(words: string): string | null {
  const found = mayBegin(words, operativeBeginnings) ? operativePattern().exec(words)?.[1] : undefined;
  return found !== undefined && /^\p{Lu}/u.test(found) ? found : null;
}

/** Words that end a preamble: the text proper follows. */
const announcing = once(
  () =>
    /(?<!\p{L})(?:ha(?:ve|s) (?:agreed|decided|resolved|adopted)|agrees?|declares?|declared|proclaims?|resolves?|decides?|sont convenus?|ont décidé|déclarent|han (?:convenido|acordado)|haben (?:folgendes )?vereinbart|sind (?:wie folgt )?übereingekommen|uzgodniły|dohodly|συμφώνησαν|hanno convenuto|zijn overeengekomen|договорились|согласились|заявляют|провозглашает|постановляет|решили|décrète|arrête|décident|décidons|déclarons|convenons|declaramos|acordamos|verklaren|заявляем|acuerdan|resuelven?|declaran|decretam?|acordam|acordaram|convieram|домовил(?:ися|ись)|погодил(?:ися|ись)|заявляють|oświadczają|postanawiają|au convenit|نعلن|نقرر|اتفقت|اتفقوا)(?!\p{L}).{0,120}:\s*$/iu,
);
const capitals = /\b(?:DECLARED?|PROCLAIMS?|HEREBY [A-Z]{4,})\b/;

export function isEnacting(words: string): boolean {
  const plain = words.replace(/[*_]/g, '');
  return plain.length < 400 && ((/:\s*$/.test(plain) && announcing().test(plain)) || capitals.test(plain));
}

/** The third person, in which resolutions decide ("Takes note", "Also decides"); statements say "We take note". */
export const isThirdPerson = (verb: string): boolean =>
  verb.split(/\s+/).some((word) => /\p{Ll}s$/u.test(word) && !/^(?:stress|express)$/i.test(word));
