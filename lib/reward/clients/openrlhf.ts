import type { Access } from "@/lib/auth/access";
import type { ServedQuery } from "../serving/schema";
import { scoreEach } from "../score";
import type { OpenrlhfInput, OpenrlhfOutput } from "./schema";
import { completionOf } from "./split-query";

/** Rewards as OpenRLHF asks for them (openrlhf/utils/agent.py) and as its own server answers (openrlhf/cli/serve_rm.py). */
export async function scoreForOpenrlhf(
  access: Access<"reward:read">,
  id: string,
  { query, prompts }: OpenrlhfInput,
  options: ServedQuery,
): Promise<OpenrlhfOutput> {
  const texts = query.map((text, i) => ({ prompt: prompts?.[i] ?? "", completion: completionOf(text, prompts?.[i]) }));
  const { version, scores, sds } = await scoreEach(access, id, texts, options);
  return { version, rewards: scores, scores, extra_logs: { reward_sd: sds } };
}
