import type { Template } from "./template";

/** Errors of long answers in three categories, each marked at its own density, after Wu et al., "Fine-grained human feedback". */
export const fineGrainedQa: Template = {
  taskSchema: {
    questions: [
      {
        id: "errors",
        type: "spans",
        name: "Errors",
        definition:
          "Mark every error in the answer, judged by the passages beside the question. Nothing to mark is an answer too.",
        categories: [
          {
            id: "form",
            name: "Irrelevant, repeated or incoherent",
            definition:
              "Part of a sentence that does not belong: it answers something else, says again what was said, or makes no sense where it stands. Marks take the part of the sentence between its commas.",
            unit: "segment",
            letter: "r",
            colour: 3,
          },
          {
            id: "fact",
            name: "Wrong or unverifiable",
            definition:
              "A sentence that claims what the passages contradict, or what they do not say, in any of its parts. Say in the note which of the two, and what the passage says instead. Marks take the whole sentence.",
            unit: "sentence",
            letter: "w",
            colour: 1,
          },
          {
            id: "missing",
            name: "Missing information",
            definition:
              "Something that the passages have and the question needs is not said. Write in the note what is missing, and whether it is the main answer or something beside it. Marks take the whole answer.",
            unit: "text",
            letter: "m",
            colour: 5,
          },
        ],
        severities: [],
        onPrompt: false,
      },
      {
        id: "correction",
        type: "critique",
        name: "Corrected answer",
        definition:
          "Where you marked anything: write the answer as it should be, from the passages alone, changing as little as you can. Say in the box what you changed.",
        isRequired: false,
        rewrite: "optional",
        quotes: "errors",
      },
    ],
    reason: "off",
  },
  guidelines: `# Finding errors in long answers

You see a question, the passages from which it should be answered (in the tab *Context*), and an answer. Mark what is wrong with the answer in three rounds, one for each category. What you know yourself does not count: **only the passages do**.

## Round 1: irrelevant, repeated, incoherent (R)

Read the answer without the passages. Mark the *part of a sentence* that does not help to answer, that repeats something, or that makes no sense. The mark grows to the part of the sentence by itself.

> The lighthouse was lit in 1811, ==which is long before phones were invented,== and stands on a reef.

## Round 2: wrong or unverifiable (W)

Take sentence by sentence and look for it in the passages. Mark the *sentence* if any claim in it is contradicted, or is not there. Note which, and what the passage says:

> ==It is 50 m high.== Note: wrong, passage 1 says 35 m.

A sentence can be marked in both rounds for different reasons. Prefer this category if one fault is both.

## Round 3: missing information (M)

Now read the passages for what the question needs. If something is left out, mark the *whole answer* and write what is missing:

> Note: main answer missing: when it was first lit (passage 2).

## Example

> **Question** When does the ferry leave? **Passage** The ferry leaves at 8 and at 17; in winter only at 8.
> **Answer** The ferry leaves at 8 and 18, as ferries do, and the trip is pretty.

*W*: the whole sentence (wrong: 17, not 18; unverifiable: "pretty"). *R*: "as ferries do," and nothing else. *M*: the whole answer, missing: in winter only at 8.

## Afterwards

If you marked nothing, say that you looked through the answer (0) and go on. Otherwise quote your marks and write the corrected answer. Keep every sentence that was right as it was.
`,
  overlap: 2,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "fg-bell-rock",
      prompt: "When was the Bell Rock lighthouse built, and why was it hard to build?",
      context:
        "**Passage 1.** The Bell Rock lighthouse stands on a reef 18 km off the east coast of Scotland. Work began in 1807 and the light was first shown on 1 February 1811. The tower is 35 m high.\n\n**Passage 2.** The reef is covered by the sea for most of the day: at first the men could work for only about four hours at low tide, in the summer months. A barrack on stilts was built beside the tower so that they could stay.",
      completions: [
        {
          text: "The Bell Rock lighthouse was built between 1807 and 1811, when its light was first shown. It stands on a reef off the coast of Wales and is 35 m high. Building it was hard because the weather in Scotland is often cold, and lighthouses are important for ships all over the world. The light can be seen from 60 km away.",
        },
      ],
    },
    {
      id: "fg-tardigrades",
      prompt: "How do tardigrades survive drying out?",
      context:
        "**Passage 1.** When their surroundings dry, many tardigrades pull in their legs and curl into a “tun”. Their metabolism falls below 0.01 % of the usual rate and they keep only 1 to 3 % of their water.\n\n**Passage 2.** Some species make large amounts of the sugar trehalose. Others rely on proteins without a fixed shape (TDPs) that turn into a kind of glass and hold the cell's parts in place.",
      completions: [
        {
          text: "Tardigrades survive drying by curling into a tun, in which their metabolism falls below 0.01 % of the usual rate. In the tun they keep about 30 % of their water. Some of them make the sugar trehalose, and some of them make trehalose, a sugar.",
        },
      ],
    },
    {
      id: "fg-rosetta",
      prompt: "What is written on the Rosetta Stone, and who deciphered it?",
      context:
        "**Passage 1.** The Rosetta Stone carries a decree of priests from 196 BC in three scripts: hieroglyphs, Demotic and Greek. It was found by French soldiers in 1799 and has been in the British Museum since 1802.\n\n**Passage 2.** Thomas Young recognised that some signs spelled the name Ptolemy. Jean-François Champollion published the decipherment of the hieroglyphs in 1822.",
      completions: [
        {
          text: "The Rosetta Stone carries a decree of priests from 196 BC in hieroglyphs, Demotic and Greek. Thomas Young recognised the name Ptolemy in it, and Jean-François Champollion published the decipherment in 1822.",
        },
      ],
    },
  ],
};
