import type { Template } from "./template";

const source = (text: string, question: string) => `**Source**\n\n${text}\n\n**Question**\n\n${question}`;

/** Which sentences of a source an answer rests on, which contradict it, and what in it rests on nothing. */
export const evidence: Template = {
  taskSchema: {
    questions: [
      {
        id: "verdict",
        type: "rating",
        scale: {
          kind: "categories",
          categories: [
            { value: "contradicted", name: "Contradicted" },
            { value: "unsupported", name: "Not supported" },
            { value: "partly", name: "Partly supported" },
            { value: "supported", name: "Fully supported" },
          ],
        },
        aspects: [
          {
            id: "support",
            name: "Support in the source",
            definition:
              "Taken as a whole, what does the source say of the answer? Fully: every claim follows from it. Partly: the main claim does, another does not. Not: the main claim is not in it. Contradicted: it says the opposite of a claim.",
          },
        ],
      },
      {
        id: "evidence",
        type: "spans",
        name: "Evidence",
        definition:
          "Mark the sentences of the source that decide about the answer, and the claims in the answer that rest on none.",
        categories: [
          {
            id: "supports",
            name: "Supports",
            definition: "A sentence of the source from which a claim of the answer follows. Mark as few as suffice.",
            unit: "sentence",
            letter: "s",
            colour: 4,
          },
          {
            id: "contradicts",
            name: "Contradicts",
            definition: "A sentence of the source that cannot be true together with a claim of the answer.",
            unit: "sentence",
            letter: "c",
            colour: 1,
          },
          {
            id: "claim",
            name: "Claim without support",
            definition: "The words of the answer, not of the source, that make a claim the source does not carry.",
            letter: "w",
            colour: 5,
          },
        ],
        severities: ["main claim", "detail"],
        onPrompt: true,
      },
    ],
    reason: "optional",
  },
  guidelines: `# Marking the evidence

A question was answered from a source, which stands above the question. Say how far the source carries the answer, and mark where.

## How to decide

1. Split the answer into claims. "It opened in 1902 and was the first of its kind" are two.
2. Look for each claim in the source. What *you* know does not count, however true it is.
3. **Verdict**: fully, partly, not supported, or contradicted. One contradicted claim makes the whole answer *contradicted*.
4. **Marks**, with a severity each: is it about the *main claim* or a *detail*?
   - *Supports* (S): the sentences of the source that carry a claim. As few as suffice: if two say the same, the clearer one.
   - *Contradicts* (C): the sentence of the source against it.
   - *Claim without support* (W): on the answer, the words of the claim that is not in the source, or is contradicted.

Marks on the source grow to whole sentences by themselves.

## Example

> Source: *The pass is open from June to October. Snow chains are compulsory until May.*
> Answer: *The pass is open in summer, and the road is free.*

*Partly supported.* Mark "The pass is open from June to October." as *supports, main claim*, and "the road is free" as *claim without support, detail*. The sentence about chains is no evidence for anything here.
`,
  overlap: 2,
  lmWeight: 0.4,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "ev-cable-car",
      prompt: source(
        "The cable car was opened in 1926. It was the first in the valley and could carry 15 people. After a fire in 1984 it was rebuilt with cabins for 60. It does not run in November.",
        "When was the cable car opened, and can I use it all year round?",
      ),
      completions: [{ text: "It was opened in 1926 and runs all year round. It was the first in Europe." }],
    },
    {
      id: "ev-honey",
      prompt: source(
        "Honey keeps for years because it holds little water and is acid. Infants under one year must not have it, as it can contain spores of Clostridium botulinum. Heating honey in the kitchen does not destroy these spores.",
        "Is it safe to give honey to a baby of eight months if I boil it first?",
      ),
      completions: [
        {
          text: "No. Children under one year should not have honey, and boiling it at home does not destroy the spores it can contain.",
        },
      ],
    },
    {
      id: "ev-survey",
      prompt: source(
        "Of 1,204 people asked in March, 62 % had used the library in the past year. Among those under 30 it was 71 %. The survey did not ask why people stayed away.",
        "How many people use the library, and why do the others not?",
      ),
      completions: [
        {
          text: "About six in ten used it in the past year, young people more often. The others stay away because of the opening hours.",
        },
      ],
    },
  ],
};
