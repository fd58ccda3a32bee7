import type { Template } from "./template";

/** Good and poor passages, a critique that quotes them and a better version, after Wang et al., "Text2Grad". */
export const critiqueRewrite: Template = {
  taskSchema: {
    questions: [
      {
        id: "passages",
        type: "spans",
        name: "Passages",
        definition: "Mark what carries the reply and what drags it down, in as few words as make the point.",
        categories: [
          {
            id: "good",
            name: "Good",
            definition: "To be kept as it is: right, to the point, well said.",
            letter: "g",
            colour: 4,
          },
          {
            id: "poor",
            name: "Poor",
            definition: "To be changed or left out: wrong, vague, beside the point, badly said.",
            letter: "p",
            colour: 1,
          },
        ],
        severities: [],
        onPrompt: false,
      },
      {
        id: "critique",
        type: "critique",
        name: "Critique and better version",
        definition:
          "What should become better, and how? Quote the passages you mean. Then write the reply as it should have been: keep the good, mend the poor, add nothing else.",
        isRequired: true,
        rewrite: "required",
        quotes: "passages",
      },
    ],
    reason: "off",
    maskModelNames: true,
  },
  guidelines: `# Mark, criticise, rewrite

One reply to one prompt, three things to do, each of which rests on the one before.

## 1. Mark passages

**Good** is what you would keep word for word, **poor** what you would change. Mark the shortest stretch that makes the point: *"50 m"*, not the sentence around it. Leave unmarked what is merely in order. Most replies have one to four marks of each kind; a reply without any good passage is rare.

## 2. Criticise

Two to five sentences, about the text and not about its writer. Quote your marks with the buttons below the box; every poor mark should be quoted. Say *what*, *why* and *what instead*:

> "drink a lot" is too vague to act on: give an amount a day. "stretch after every set" is good advice; keep it.

## 3. Rewrite

Begin with the reply itself. Keep the good passages word for word, mend the poor ones, and stop. Someone who compares the two versions should find each change in your critique. Do not make it longer unless something was missing.

## Example

> Bread keeps fresh for two days in paper. ==Never put it into the fridge, everybody knows that.==

*Good*: "for two days in paper". *Poor*: "Never put it into the fridge, everybody knows that." Critique: "The second sentence scolds and gives no reason; say that the cold makes bread stale faster." Rewrite: "Bread keeps fresh for two days in paper. The fridge makes it stale faster."

## Together

A machine learns from the three *together*: words that you marked poor and kept in the rewrite, or changes that the critique does not speak of, teach it nonsense.
`,
  overlap: 1,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "crit-knee",
      prompt: "My knee hurts a little when I run downhill. What can I do?",
      completions: [
        {
          text: "Shorten your steps downhill: it takes much of the load off the knee. Drink a lot. Strengthen your thighs with step-downs, three times a week. If the knee swells or locks, see a doctor. Running is one of the most natural movements of humankind.",
        },
      ],
    },
    {
      id: "crit-email",
      prompt: "Write an email to a client whose delivery will be two weeks late.",
      completions: [
        {
          text: "Good morning, unfortunately, due to circumstances beyond our control, your order may possibly be somewhat delayed. The new delivery date is 14 May. As you know, these things happen. We will send you the tracking number on the day it leaves our warehouse. Best regards",
        },
      ],
    },
    {
      id: "crit-photosynthesis",
      prompt: "Explain photosynthesis in three sentences for somebody who last had biology twenty years ago.",
      completions: [
        {
          text: "Plants make sugar out of water and carbon dioxide, with sunlight as the fuel. They breathe in oxygen for this during the day and give off carbon dioxide. The green stuff that catches the light is chlorophyll, whose porphyrin ring coordinates a magnesium ion.",
        },
      ],
    },
  ],
};
