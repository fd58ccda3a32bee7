import type { Template } from "./template";

/** Right or wrong against a reference answer, with what went wrong. */
export const correctness: Template = {
  taskSchema: {
    questions: [
      {
        id: "correct",
        type: "binary",
        name: "Correct",
        definition:
          "Does the final answer say the same as the reference answer? Form does not matter: 1/2, 0.5 and “half” are one answer. More than was asked is fine, as long as none of it contradicts the reference.",
        kind: "correct",
      },
      {
        id: "error",
        type: "critique",
        when: { question: "correct", is: [false] },
        name: "What is wrong",
        definition:
          "Of each reply that is not correct: where does it leave the right way first? Quote or name the place in a sentence. Leave the box of a correct reply empty.",
        isRequired: false,
        rewrite: "off",
      },
    ],
    reason: "off",
    shows: { reference: true },
  },
  guidelines: `# Right or wrong

Every question has a **reference answer** (tab *Reference*). Say of each reply whether its *final answer* says the same.

## How to decide

1. Find the final answer: usually the last sentence, or what is in bold. If a reply gives two different final answers, it is **not correct**.
2. Compare its meaning with the reference, not its form. Units may be converted, names may be spelled in another usual way, numbers rounded if the question did not ask for exactness.
3. The way there does not count. A right answer from a wrong calculation is **correct** here; other projects judge the steps.
4. No answer, "it depends", or a refusal is **not correct**, unless the reference says so too.
5. If you are sure that the reference itself is wrong, judge by the reference all the same and **flag** the instance (F), with what it should be.

## Examples

| reference | reply ends with | |
| --- | --- | --- |
| 3/4 | "so about 75 %" | correct |
| 12 March 1938 | "in March 1938" | not correct if the day was asked for |
| Lima | "Lima, the second largest desert city" | correct |
| 42 km | "42" | correct if the unit is clear from the question |
| 17 | "17 or 19" | not correct |
`,
  overlap: 2,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "ok-half-life",
      prompt: "A substance has a half-life of 6 hours. What share of it is left after one day?",
      reference: "1/16",
      completions: [
        { text: "One day is 24 / 6 = 4 half-lives, so (1/2)⁴ = **6.25 %** of it is left." },
        { text: "After 6 hours half of it is gone, after 12 hours all of it. So **nothing** is left after a day." },
      ],
    },
    {
      id: "ok-novel",
      prompt: "In which year was the novel “Frankenstein” first published?",
      reference: "1818",
      completions: [
        {
          text: "Mary Shelley began it in 1816 by Lake Geneva, and it was published without her name on 1 January **1818**.",
        },
        { text: "It first appeared in **1831**, with a preface by Mary Shelley on how the story came to her." },
      ],
    },
    {
      id: "ok-rectangle",
      prompt: "A rectangle is 3 cm longer than it is wide and has an area of 40 cm². How wide is it?",
      reference: "5 cm",
      completions: [
        { text: "w(w + 3) = 40 gives w² + 3w − 40 = 0, so w = 5 or w = −8. The width is **5 cm or −8 cm**." },
        { text: "Try 5: 5 × 8 = 40. So the width is **50 mm**." },
      ],
    },
    {
      id: "ok-prime",
      prompt: "Is 91 a prime number? Answer yes or no.",
      reference: "No",
      completions: [
        { text: "91 is not divisible by 2, 3, 5 or 9, so **yes**, it is prime." },
        { text: "91 = 7 × 13. **No.**" },
      ],
    },
  ],
};
