/** Organisations: the names that head documents. */
import { once } from './once.js';

/** Organisations whose name alone on a line heads a document; the name is its issuer. */
const organisations = once(
  () =>
    /^(?:\P{L}{0,8}\p{L}?\P{L}{0,8})?(?:United Nations|Nations Unies|Naciones Unidas|Council of Europe|Conseil de l['’]Europe|European (?:Union|Council|Commission|Parliament)|Council of the European Union|Union européenne|Conseil européen|North Atlantic (?:Treaty Organi[sz]ation|Council)|NATO|OTAN|Organi[sz]ation for Security and Co-?operation in Europe|OSCE|African Union|Union africaine|Organi[sz]ation of American States|Association of Southeast Asian Nations|ASEAN|League of Arab States|Commonwealth Secretariat|Security Council|General Assembly|Economic and Social Council|Human Rights Council|International Atomic Energy Agency|World Health Organi[sz]ation|World Trade Organi[sz]ation|International Labour (?:Organi[sz]ation|Conference)|Pacific Islands Forum|Caribbean Community|Organi[sz]ation of Islamic Cooperation)(?:[\s\u00a0]{2,}.{0,60})?$/iu,
);

/** A part of each name: with none of them no line need be asked. */
const sign =
  /nation|union|counc|conse|europ|nato|otan|osce|organi|africa|asean|league|commonw|assembl|agency|forum|community|labour/i;

/** Whether some words are an organisation's name, with another column behind it at most. */
export const isOrganisation = (words: string): boolean => sign.test(words) && organisations().test(words);

/** Words of what meets or speaks, which no place bears. */
const bodies = once(
  () =>
    /(?<!\p{L})(?:council|committee|assembly|conference|commission|session|meeting|summit|ministry|minist(?:er|re|ro)s?|ministerial|office|department|organi[sz]ation|president|secretary|government|group|leaders|heads|spokes\p{L}*|embassy|mission)(?!\p{L})/iu,
);

/** Whether some words name one. */
export const namesBody = (words: string): boolean => bodies().test(words);
