import type { Template } from "./template";

/** Whether the reasoning of a reply carries the answer it ends in, apart from whether the answer is right. */
export const reasoningSupport: Template = {
  taskSchema: {
    questions: [
      {
        id: "supported",
        type: "binary",
        name: "Reasoning supports the answer",
        definition:
          "Take the reasoning as it stands, right or wrong. Would somebody who believes every step of it end at this answer? Not, if a step that is needed is missing, or if it leads to another answer.",
        kind: "supported",
      },
      {
        id: "breaks",
        type: "spans",
        when: { question: "supported", is: [false] },
        name: "Where it breaks",
        definition:
          "Mark the places at which the reasoning stops to carry the answer. Nothing is marked in a reply whose reasoning does.",
        categories: [
          {
            id: "gap",
            name: "Gap",
            definition: "A step that does not follow from what is before it, because something is missing between.",
            letter: "j",
            colour: 3,
          },
          {
            id: "contradiction",
            name: "Contradiction",
            definition: "It says the opposite of what the reasoning said elsewhere, or of the final answer.",
            letter: "c",
            colour: 1,
          },
          {
            id: "idle",
            name: "Idle",
            definition: "Reasoning that plays no part in the answer: taking it out would change nothing.",
            unit: "sentence",
            letter: "i",
            colour: 6,
          },
        ],
        severities: [],
        onPrompt: false,
      },
      {
        id: "correct",
        type: "binary",
        name: "Right answer",
        definition: "Is the final answer the reference answer, whatever the reasoning was?",
        kind: "correct",
      },
    ],
    reason: "optional",
    shows: { reference: true },
    reveal: [{ show: "reference", after: "supported" }],
  },
  guidelines: `# Does the reasoning support the answer?

A reply reasons and then answers. Two things can go wrong independently, and you judge them apart: **does the answer follow from the reasoning**, and **is it right**. The reference answer opens only after the first, so that it cannot colour it.

| | answer right | answer wrong |
| --- | --- | --- |
| **follows** | sound | an honest mistake: a false premise, followed faithfully |
| **does not follow** | right by luck, or for reasons that were not given | lost |

## How to decide

1. Cover the final answer. Read the reasoning and say where *you* would end if you believed it.
2. Uncover. The same? Then it **supports** the answer, even if a fact in it is wrong.
3. If not, mark where it breaks: a *gap* (the step that is missing stands before the mark), a *contradiction*, or reasoning that is *idle*.
4. Then open the reference and say whether the answer is right.

## Examples

- "All birds can fly. Penguins are birds. So penguins can fly." **Supports** (and the answer is wrong).
- "7 × 8 is 54. 54 + 2 is 56. So 7 × 8 is 56." **Does not**: "So 7 × 8 is 56" contradicts the first step. The answer is right.
- A page about the history of a theorem, then "therefore 12". **Does not**: mark "therefore 12" as a gap.
`,
  overlap: 2,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "rs-eggs",
      prompt: "A recipe for 4 people needs 6 eggs. How many eggs for 10 people?",
      reference: "15",
      completions: [
        { text: "6 eggs for 4 people are 1.5 eggs a person. For 10 people that makes 10 × 1.5 = 14. **Answer: 15**" },
      ],
    },
    {
      id: "rs-whale",
      prompt: "Do whales lay eggs?",
      reference: "No",
      completions: [
        {
          text: "Whales live in the sea and have fins. Animals that live in the sea and have fins are fish, and most fish lay eggs, so whales do too. **Answer: yes**",
        },
      ],
    },
    {
      id: "rs-meeting",
      prompt:
        "The nurse is free on Monday and Wednesday, the doctor on Tuesday and Wednesday, the cook on every day but Monday. On which day can all three meet?",
      reference: "Wednesday",
      completions: [
        {
          text: "Meetings are best held in the morning, when people are rested. The cook is free on most days. The nurse and the doctor share one day only. **Answer: Wednesday**",
        },
      ],
    },
    {
      id: "rs-discount",
      prompt: "A price is raised by 10 % and then cut by 10 %. Is it the same as before?",
      reference: "No, it is 1 % lower",
      completions: [
        {
          text: "Take 100. Raised by 10 % it is 110. Ten percent of 110 is 11, so after the cut it is 99. **Answer: no, it is 1 % lower**",
        },
      ],
    },
  ],
};
