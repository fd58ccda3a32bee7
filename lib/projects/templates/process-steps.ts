import type { Template } from "./template";

/** Every step of a solution is good, neutral or bad, after Lightman et al., "Let's verify step by step" (PRM800K). */
export const processSteps: Template = {
  taskSchema: {
    questions: [
      {
        id: "steps",
        type: "steps",
        name: "Steps",
        definition:
          "Good: right, and it brings the solution forward. Neutral: not wrong, but it goes nowhere, or is too vague to tell. Bad: wrong, or it does not follow from what is before it.",
        cut: "line",
        flags: ["arithmetic slip", "wrong method", "misread problem", "unjustified"],
      },
      {
        id: "answer",
        type: "binary",
        name: "Right answer",
        definition: "Does the final answer say the same as the reference answer, in whatever form it is written?",
        kind: "correct",
      },
    ],
    reason: "optional",
    shows: { reference: true },
    reveal: [{ show: "reference", after: "steps" }],
  },
  guidelines: `# Judging solutions step by step

You see a problem and a solution, one step a line. Judge every step; the reference answer opens afterwards.

| label | key | a careful person would say |
| --- | --- | --- |
| good | + | "Yes, that is right, and it helps." |
| neutral | 0 | "Not wrong, but why?" or "I cannot tell whether this is meant right." |
| bad | − | "No." |

## How to decide

- Work the problem yourself first, on paper, far enough to know where the solution should pass.
- Judge a step by **what is before it**. If step 3 takes over a wrong number from step 2 and calculates rightly with it, step 2 is bad; step 3 comes after the first error and counts for nothing.
- The **first error** is what matters. The first bad step is taken for it; move it (E) if an earlier oddity was the real mistake. Label the steps behind it as well as you can, and quickly: what learns from your labels reads up to the first error.
- A long way round is *neutral* at worst. A lucky guess ("so it must be 12") is *bad*, even if 12 is right: flag it as *unjustified*.
- Flags say what kind of fault it is. One is enough.

## Example

> Problem: a shirt costs 40 after 20 % off. What did it cost before?
> 1. The discount was 20 % of the price before. **good**
> 2. 20 % of 40 is 8. **bad**, *wrong method*: the percentage is of the price before.
> 3. So it cost 48. (after the first error)

Then compare the last line with the reference: 50, so the answer is *no*.
`,
  overlap: 2,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "prm-trains",
      prompt:
        "Two trains leave the same station at the same time in opposite directions, one at 80 km/h, the other at 100 km/h. After how many minutes are they 270 km apart?",
      reference: "90 minutes",
      completions: [
        {
          text: "The trains move in opposite directions, so their speeds add up.\nTogether they move apart at 80 + 100 = 180 km/h.\nThe time is 270 / 180 = 1.5 hours.\n1.5 hours are 90 minutes.",
        },
      ],
    },
    {
      id: "prm-dice",
      prompt: "Two fair dice are thrown. What is the probability that at least one of them shows a six?",
      reference: "11/36",
      completions: [
        {
          text: "There are 36 outcomes that are equally likely.\nThe first die shows a six in 6 of them.\nThe second die shows a six in 6 of them, too.\nSo 12 outcomes have at least one six.\nThe probability is 12/36 = 1/3.",
        },
      ],
    },
    {
      id: "prm-square",
      prompt: "The diagonal of a square is 10 cm. What is its area?",
      reference: "50 cm²",
      completions: [
        {
          text: "Let s be the side of the square.\nMany things in daily life are square, such as tiles.\nBy Pythagoras, s² + s² = 10².\nSo 2s² = 100 and s² = 50.\nThe area is s², which is 50 cm².",
        },
      ],
    },
  ],
};
