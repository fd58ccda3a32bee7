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

/** Opens a judge that is an LM. */
export async function openLm(judge: OpenLm, patience?: Patience): Promise<Asker> {
  const chat = openChat(judge, await readAllowedHosts(), patience);
  return (question, signal) => ask(chat, judge.config, question, signal);
}

async function ask(chat: Chat, config: LmConfig, question: Question, signal: AbortSignal): Promise<Reply> {
  const { shown, order, demonstrations } = question;
  const protocol = protocolOf(shown.type);
  const key = freshKey(dataOf(shown, demonstrations));
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
