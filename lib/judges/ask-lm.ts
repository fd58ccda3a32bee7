import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import type { Asker, OpenLm, Question, Reply } from "./asker";
import { openChat, type Chat, type Patience } from "./chat";
import { converse, freshKey } from "./converse";
import { comparisonVerdict } from "./protocols/comparison";
import { dataOf } from "./protocols/fence";
import type { AskedType, Invalid } from "./protocols/protocol";
import { protocolOf, type Said } from "./protocols/protocols";
import { rankingVerdict } from "./protocols/ranking";
import type { LmConfig, VerdictOutcome } from "./schema";

/** A judge of a run, with the key of its requests that show examples. */
type Opened = { chat: Chat; config: LmConfig; keyOfRun: string };

/**
 * Opens a judge that is an LM. Requests without examples have a key each. Those with examples share one, as providers
 * read what many requests begin with from a cache at a fraction of its price, and another key would make every beginning
 * another one. It is drawn when the judge is opened: who wrote a text before that could not know it, and a text that has
 * it all the same, as it may have come since, gets a request with a fresh key.
 */
export async function openLm(judge: OpenLm, patience?: Patience): Promise<Asker> {
  const chat = openChat(judge, await readAllowedHosts(), patience);
  const opened = { chat, config: judge.config, keyOfRun: freshKey([]) };
  return (question, signal) => ask(opened, question, signal);
}

async function ask({ chat, config, keyOfRun }: Opened, question: Question, signal: AbortSignal): Promise<Reply> {
  const { shown, order, demonstrations } = question;
  const protocol = protocolOf(shown.type);
  const texts = dataOf(shown, demonstrations);
  const isShared = demonstrations.length > 0 && !texts.some((text) => text.includes(keyOfRun));
  const key = isShared ? keyOfRun : freshKey(texts);
  const asking = {
    asked: protocol.ask(shown, { rubric: config.rubric, demonstrations, key }),
    parse: (answer: Parameters<typeof protocol.parse>[0]) => protocol.parse(answer, shown),
    describeAnswer: protocol.describeAnswer(shown),
  };
  const { said, ...rest } = await converse(chat, config, asking, signal);
  return { outcome: outcomeOf(said, order), ...rest };
}

/** What was said about what was shown, in terms of the instance. */
function outcomeOf(said: Said[AskedType] | Invalid, order: readonly number[]): VerdictOutcome {
  if (said.kind === "preferred" || said.kind === "tie") return comparisonVerdict(said, order[0]! > order[1]!);
  return said.kind === "ranking" ? rankingVerdict(said, order) : said;
}
