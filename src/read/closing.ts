/** Closing formulas: the words with which texts end (“Done at …”, “In witness whereof …”). */

const closingFormula =
  /^[*_\s(]*(?:done (?:at|in|this|on)|signed (?:at|in|on)|in (?:witness|faith|testimony) whereof|adopted (?:at|in|by|unanimously|on)|dated (?:at|this|on)|fait (?:à|au|aux|en|le)|en foi de quoi|hech[oa] en|firmad[oa] en|suscrit[oa] en|en fe de lo cual|geschehen (?:zu|in)|zu urkund dessen|gedaan te|ter oorkonde|fatto (?:a|in|il)|in fede di che|feito (?:em|na|no|nos|aos?)|assinado (?:em|na|no)|совершено|в удостоверение|учинено|вчинено|укладено|încheiat[ăe]? la|semnat[ăe]? la|sačinjeno|sastavljeno|сачињено|dáno v|dané v|sporządzono|kelt|\d{1,4}(?:st|nd|rd|th) (?:plenary )?meeting|\p{L}+ plenary meeting|заключено|подписано)(?!\p{L})|^(?:订于|訂於|حرر|صدرت? (?:في|عن)|làm tại|έγινε (?:στην?|στο))|에서 작성되었다/iu;

/** In Chinese the place stands last: `二〇一〇年五月三日订于北京。` */
const hanClosing =
  /(?:订于|訂於|签订于|簽訂於)\p{Script=Han}{1,8}[。]?|[日于於]?在\p{Script=Han}{1,8}(?:签订|簽訂|签署|簽署)/u;

/** How notes and letters between governments end. */
const letterClosing =
  /^(?:please )?accept,? (?:your )?(?:excellency|sir|madam|mr|ms)|^(?:i|we) avail (?:myself|ourselves) of this|^(?:je|nous) (?:saisis|saisissons|profite|profitons) (?:de )?cette occasion|^(?:veuillez|je vous prie d['’]) ?agréer|^(?:acept[ea]|aprovech[oa](?:mos)?|válgome|me valgo) .{0,30}(?:excelencia|oportunidad|ocasión)|^genehmigen sie|^(?:queira |aceite,? |aproveito )|^voglia (?:gradire|accogliere)|^примите,? (?:ваше|уверения|господин)/iu;

export const isClosingFormula = (words: string): boolean =>
  closingFormula.test(words) || letterClosing.test(words) || (words.length < 120 && hanClosing.test(words));
