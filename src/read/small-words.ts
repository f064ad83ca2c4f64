/**
 * Small words: with so few words that triplets of letters say little, the commonest words of the official languages
 * say more. Where nothing decides, the languages that most official texts are written in are the likelier ones.
 */
import { once } from './once.js';

/** The commonest words of each language, those first that its neighbours lack. */
const lists: Readonly<Record<string, string>> = {
  en: 'the of and to in that is are was were will we they our for with by on at have has not this which from as be its it their all',
  fr: 'le la les de des du et à au aux en dans que qui est sont pour par sur avec nous se s une un ont sera leur leurs ce cette ne pas il ils elles d l été chaque',
  es: 'el la los las de del y en que es son por para con se una un han su sus al como esta este lo no hemos será serán cada nota ha',
  pt: 'o a os as de do da dos das e em no na nos nas que é são por para com se uma um foi foram ao aos pelo pela seu sua não cada nota',
  it: 'il lo la i gli le di del della dei delle e in nel nella che è sono per con si una un hanno al alla da dal non sarà quanto ogni',
  ca: 'el els la les de del dels i en que és són per amb es una un han al als va van no aquest aquesta seva seus cada',
  ro: 'și de la în a al ale cu pe care este sunt au din pentru prin o un se nu să s lor',
  de: 'der die das den dem des und in im zu zum zur von vom mit für auf ist sind haben hat wird wir sich nicht ein eine einer dass über bei nach sie',
  nl: 'de het een en van in op te voor met dat die is zijn wordt worden heeft hebben wij aan door bij niet over als',
  sv: 'och att det som en ett på är av för med till den i har inte om vi ska skall de från vid följande',
  da: 'og at det som en et på er af for med til den i har ikke om vi skal de fra ved blevet følgende efter',
  nb: 'og at det som en et på er av for med til den i har ikke om vi skal de fra ved blitt følgende etter',
  fi: 'ja on ei että se ovat joka jotka sekä kuin tai mukaan seuraavaa sen ovat tämä',
  et: 'ja on ei et see ning või mis kes oma selle kui',
  lv: 'un ir ka no ar par uz kas pie vai tā šis',
  lt: 'ir yra kad iš su apie į kuris kaip ar tai šis dėl',
  pl: 'i w na z do że się jest są o od po oraz przez dla nie jak co ich to',
  cs: 'a v na s z do že se je jsou o od po pro nebo jak který takto ve jejich sešli',
  sk: 'a v na s z do že sa je sú o od po pre alebo ako ktorý ich takto',
  sl: 'in v na s z do da se je so o od po za ali ki kot ter',
  hr: 'i u na s iz do da se je su o od po za ili koji kako te što sve sljedeće slijedi',
  hu: 'a az és hogy nem is egy ki meg van volt vagy mint ezt amely szerint alábbi',
  tr: 've bir bu ile için olarak de da olan ne gibi daha veya her aşağıdaki',
  id: 'yang dan di dari untuk dengan pada ini telah para oleh akan adalah kepada dalam tidak',
  ru: 'и в во на с со по о об от что как для не к из за его их также или у до при будут будет мы они это все между',
  uk: 'і й в у на з зі про що як для не до та від за їх також або при ми вони це всі між',
  bg: 'и в във на с със по за от да се ще не са към че или като при до ги ни също е',
  mk: 'и во на со за од да се ќе не се кон дека или како при до ги',
};
const words = once(
  () => new Map(Object.entries(lists).map(([language, list]) => [language, new Set(list.split(' '))])),
);

/** Letters that few languages have. A name may bear any of them, so that they only make their languages likelier. */
const letters: Readonly<Record<string, string>> = {
  ä: 'de sv fi et sk',
  å: 'sv da nb',
  ø: 'da nb',
  æ: 'da nb is',
  ö: 'de sv fi et hu tr is az',
  ü: 'de et hu tr az',
  ß: 'de',
  ñ: 'es',
  ã: 'pt',
  õ: 'pt et',
  ă: 'ro vi',
  ș: 'ro',
  ț: 'ro',
  ł: 'pl',
  ą: 'pl lt',
  ę: 'pl lt',
  ś: 'pl',
  ż: 'pl mt',
  ř: 'cs',
  ě: 'cs',
  ů: 'cs',
  ľ: 'sk',
  ő: 'hu',
  ű: 'hu',
  ğ: 'tr az',
  ı: 'tr az',
  đ: 'hr bs sr vi',
  œ: 'fr',
  ê: 'fr pt',
  è: 'fr it ca',
  ы: 'ru be kk',
  э: 'ru be kk',
  щ: 'bg ru uk',
  я: 'bg ru uk be',
  ю: 'bg ru uk be',
  й: 'bg ru uk be',
  ь: 'ru uk be',
  ъ: 'bg ru',
  ң: 'kk',
  қ: 'kk uz',
  ҳ: 'uz',
};

/** What a letter adds to its languages, and how many letters count. */
const [eachLetter, mostLetters] = [0.1, 2];

function lettersFor(text: string): (language: string) => number {
  const found = [...new Set(text)].flatMap((letter) => letters[letter]?.split(' ') ?? []);
  return (language) => eachLetter * Math.min(mostLetters, found.filter((one) => one === language).length);
}

/** Working languages of most organisations, and official ones of states; all others are seldom met. */
const working = new Set(['en', 'fr', 'es', 'ru', 'ar', 'zh-Hans']);
const ofStates = new Set(
  'de it pt nl pl uk ro cs sk sl hr bg el hu sv da nb fi et lv lt tr sr sq id vi'.split(' '),
);

/** For each language, how much its small words and its standing speak for it: 0 to about 1. */
export function weightsOf(text: string, near: string | null): (language: string) => number {
  const small = text.toLowerCase();
  const lettered = lettersFor(small);
  const all = small.split(/\s+/).filter((word) => word !== '');
  const share = (language: string): number => {
    const known = words().get(language);
    return known && all.length > 0 ? all.filter((word) => known.has(word)).length / all.length : 0;
  };
  return (language) =>
    share(language) +
    lettered(language) +
    (language === near ? 0.15 : working.has(language) ? 0.1 : ofStates.has(language) ? 0.03 : 0);
}
