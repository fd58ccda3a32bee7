import { randomUUID } from "node:crypto";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { sigmoid } from "@/lib/stats/logistic";
import { noSuchModel } from "../queries";
import type { ServedQuery } from "../serving/schema";
import { scoreEach, type ScoredText } from "../score";
import type {
  VllmClassifyOutput,
  VllmInput,
  VllmModels,
  VllmPoolingOutput,
  VllmScoreInput,
  VllmScoreOutput,
} from "./schema";
import { completionOf } from "./split-query";

type Served = { access: Access<"reward:read">; id: string; query: ServedQuery };

/** vLLM's /classify, for a reward model that it would serve as a classifier of one class, by default without activation. */
export async function classifyForVllm(served: Served, body: VllmInput): Promise<VllmClassifyOutput> {
  const { scores, ...head } = await answer(served, "classify", textsOf(body), body);
  const data = scores.map((score, index) => ({ index, label: "LABEL_0", probs: [score], num_classes: 1 as const }));
  return { ...head, data };
}

/** vLLM's /pooling: for each text a list of one token's vector of one number, as clients read the last token's. */
export async function poolForVllm(served: Served, body: VllmInput): Promise<VllmPoolingOutput> {
  const { scores, ...head } = await answer(served, "pool", textsOf(body), body);
  return { ...head, data: scores.map((score, index) => ({ index, object: "pooling" as const, data: [[score]] })) };
}

/** vLLM's /score, with prompts as its queries and completions as its documents. */
export async function scoreForVllm(served: Served, body: VllmScoreInput): Promise<VllmScoreOutput> {
  const { prompts, completions } = body;
  const texts = completions.map((completion, i) => ({ prompt: prompts[prompts.length === 1 ? 0 : i]!, completion }));
  const { scores, ...head } = await answer(served, "score", texts, body);
  return { ...head, data: scores.map((score, index) => ({ index, object: "score" as const, score })) };
}

/** vLLM's /v1/models, which its clients ask for the name of the only model. */
export async function listForVllm({ projectId, slug }: Access<"reward:read">, id: string): Promise<VllmModels> {
  const model = await prisma.rewardModel.findFirst({
    where: { projectId, ...(id === "active" ? { isActive: true } : { id }) },
    select: { version: true, createdAt: true },
  });
  if (!model) throw noSuchModel(slug, id);
  const created = Math.floor(model.createdAt.getTime() / 1000);
  return {
    object: "list",
    data: [{ id: nameOf(slug, model.version), object: "model", created, owned_by: "tandem" }],
  };
}

function textsOf({ input, messages }: VllmInput): ScoredText[] {
  if (messages) {
    const prompt = messages.slice(0, -1).map(({ content }) => content);
    return [{ prompt: prompt.join("\n\n"), completion: messages.at(-1)!.content }];
  }
  return [input!].flat().map((text) => ({ prompt: "", completion: completionOf(text) }));
}

async function answer(
  { access, id, query }: Served,
  kind: string,
  texts: readonly ScoredText[],
  { use_activation: isActivated }: Pick<VllmInput, "use_activation">,
) {
  const { version, scores } = await scoreEach(access, id, texts, query);
  return {
    id: `${kind}-${randomUUID()}`,
    object: "list" as const,
    created: Math.floor(Date.now() / 1000),
    model: nameOf(access.slug, version),
    version,
    usage: { prompt_tokens: 0, total_tokens: 0 },
    scores: isActivated ? scores.map(sigmoid) : scores,
  };
}

function nameOf(slug: string, version: number): string {
  return `${slug}-reward-model-${version}`;
}
