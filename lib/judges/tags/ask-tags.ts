import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import type { OpenLm } from "../asker";
import { openChat, type Patience } from "../chat";
import { converse, freshKey, type Conversation } from "../converse";
import { askForTags, describeTags, parseTags, taggedData, type Tagged, type Tags } from "../protocols/tagger";

/** Asks for the tags of an instance. Throws as an Asker does. */
export type TagAsker = (subject: Tagged, signal: AbortSignal) => Promise<Conversation<Tags>>;

/** Opens a judge that is an LM as a tagger: its model and settings, but for the rubric. */
export async function openTagger({ config, ...judge }: OpenLm, patience?: Patience): Promise<TagAsker> {
  const asked = { ...judge, config: { ...config, tokenProbabilities: false } };
  const chat = openChat(asked, await readAllowedHosts(), patience);
  return async (subject, signal) => {
    const messages = askForTags(subject, freshKey(taggedData(subject)));
    return await converse(
      chat,
      asked.config,
      { asked: messages, parse: parseTags, describeAnswer: describeTags },
      signal,
    );
  };
}
