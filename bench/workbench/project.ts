import { prisma } from "@/lib/db/client";
import type { DraftInput } from "@/lib/assignments/schema";
import { defaultComparison, type TaskSchema } from "@/lib/projects/schema";
import { seededRandom } from "@/lib/stats/random";
import { aMember, anInstance, aProject } from "@/lib/testing/builders";
import { longMarkdown } from "./long-markdown";

const categories = ["Factual error", "Irrelevant", "Unclear"].map((name, index) => ({
  ...{ id: `category-${index}`, name, definition: "" },
}));

const schema: TaskSchema = {
  questions: [
    defaultComparison,
    {
      ...{ id: "errors", type: "spans", name: "Errors", definition: "Mark what is wrong.", categories },
      ...{ severities: ["minor", "major"], onPrompt: false },
    },
  ],
  reason: "optional",
};

type Size = { instances: number; words: number; spans: number; seed: number };

/**
 * A project of one annotator. Each instance has two long texts and, as a draft of theirs, a comparison and so many
 * spans on the two together, so that Enter submits it as it is.
 */
export async function makeProject({ instances, words, spans, seed }: Size): Promise<{ slug: string; email: string }> {
  const project = await aProject({ overlap: 1, schema });
  const { user } = await aMember(project);
  const random = seededRandom(seed);
  for (let n = 0; n < instances; n++) {
    const texts = [longMarkdown(words, random), longMarkdown(words, random)] as const;
    const instance = await anInstance(project, { prompt: `Question ${n + 1}`, completions: [...texts] });
    await prisma.assignment.create({
      data: {
        ...{ projectId: project.id, instanceId: instance.id, annotatorId: user.id, seed: n, shownOrder: [0, 1] },
        ...{ state: "released", leaseUntil: new Date(), draft: draftOf(texts, spans, random) },
      },
    });
  }
  return { slug: project.slug, email: user.email };
}

function draftOf(texts: readonly [string, string], spans: number, random: () => number): DraftInput {
  const marked = Array.from({ length: spans }, (_, n) => {
    const on = n % 2;
    const words = [...texts[on]!.matchAll(/\b[a-z]+ [a-z]+ [a-z]+\b/g)];
    const { index, 0: text } = words[Math.floor(random() * words.length)]!;
    const category = categories[n % categories.length]!.id;
    return { on, start: index, end: index + text.length, category, severity: n % 4 < 2 ? "minor" : "major" };
  });
  return {
    schemaVersion: 1,
    answers: { [defaultComparison.id]: { overall: 2 }, errors: { covered: [0, 1], spans: marked } },
    reason: "",
    activeMs: 0,
  };
}
