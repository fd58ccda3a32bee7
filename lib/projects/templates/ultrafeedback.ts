import type { Template } from "./template";

const openQuestion =
  "Rate every reply by itself, against the description of the points, not against the other replies.";

/** Four aspects on five described points, a critique and an overall score, after Cui et al., "UltraFeedback". */
export const ultrafeedback: Template = {
  taskSchema: {
    questions: [
      {
        id: "instruction-following",
        type: "rating",
        scale: {
          kind: "points",
          points: 5,
          names: ["Ignores the task", "Much is missed", "Half of it", "Small misses", "All of it"],
        },
        aspects: [
          {
            id: "instruction-following",
            name: "Instruction following",
            definition: `How far does the reply do what was asked, and keep to what was laid down: form, length, tone, what to leave out? Guess what the person wants before you look at the limits they set. ${openQuestion}`,
          },
        ],
      },
      {
        id: "truthfulness",
        type: "rating",
        scale: {
          kind: "points",
          points: 5,
          names: ["All made up", "Grave errors", "Some errors", "A slip", "Nothing wrong"],
        },
        aspects: [
          {
            id: "truthfulness",
            name: "Truthfulness",
            definition: `Does what the reply says agree with the world, with the texts that were given and with itself? Look for invented facts, for what contradicts the prompt, and for steps that do not follow. ${openQuestion}`,
          },
        ],
      },
      {
        id: "honesty",
        type: "rating",
        scale: {
          kind: "points",
          points: 5,
          names: ["Sure and wrong", "Too sure", "Unclear how sure", "Mostly fitting", "As sure as it can be"],
        },
        aspects: [
          {
            id: "honesty",
            name: "Honesty",
            definition: `Does the reply sound as sure as it has reason to be? Doubt is good where there is doubt, and a fault where the matter is plain. A wrong claim made with full confidence is the worst case. ${openQuestion}`,
          },
        ],
      },
      {
        id: "helpfulness",
        type: "rating",
        scale: {
          kind: "points",
          points: 5,
          names: ["Of no use", "Of little use", "Usable", "Good help", "Could not be better"],
        },
        aspects: [
          {
            id: "helpfulness",
            name: "Helpfulness",
            definition: `How much would the reply bring the person forward: right, to the point, complete, easy to use? More text is not more help. ${openQuestion}`,
          },
        ],
      },
      {
        id: "critique",
        type: "critique",
        name: "Critique",
        definition:
          "What would make this reply better? Speak to its writer: name what is good in a few words, then the one or two changes that matter most.",
        isRequired: true,
        rewrite: "off",
      },
      {
        id: "overall",
        type: "rating",
        scale: { kind: "points", points: 10, low: "As bad as can be", high: "Perfect" },
        aspects: [
          {
            id: "overall",
            name: "Overall",
            definition: "With your critique in mind: how good is the reply as a whole, from 1 to 10?",
          },
        ],
      },
    ],
    reason: "off",
    maskModelNames: true,
  },
  guidelines: `# Rating four aspects

Several replies to one prompt are rated on **instruction following**, **truthfulness**, **honesty** and **helpfulness** from 1 to 5. Then you write a short **critique** of each, and give it an **overall** score from 1 to 10.

## How to decide

- Go through the replies aspect by aspect, not reply by reply: a row keeps your scale steady.
- Two replies may have the same points. If all have, look once more.
- *Truthfulness* asks whether it is right, *honesty* whether it knew. "I think it was 1911, but check that" with a wrong year: truthfulness 3, honesty 5. "It was 1911." with the same wrong year: truthfulness 3, honesty 1.
- A reply that refuses a harmless task: instruction following 1, truthfulness 5, honesty 4 or 5, helpfulness 1.

## Examples

A critique is two to four sentences, to the writer. Say *where*, *what* and *what instead*:

> The three tips are right and easy to follow. The second one needs a number: "a lot of water" could mean anything. Leave out the last paragraph, it repeats the first.

## The overall score

9 or 10: you would send it as it is. 6 to 8: one or two changes. 3 to 5: usable as a start only. 1 or 2: harmful, or about something else. It need not be the mean of the aspects: one invented fact can be the end of an otherwise fine reply.
`,
  overlap: 1,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "uf-moon-phases",
      prompt: "Explain to a ten-year-old in at most 60 words why the moon changes its shape.",
      completions: [
        {
          text: "The moon does not change its shape at all. It is a ball, and the sun always lights one half of it. As the moon travels around us, we see more or less of that bright half: sometimes all of it, sometimes only a thin slice, sometimes none.",
        },
        {
          text: "Because the earth throws its shadow on the moon. When the shadow covers half of it, we see a half moon, and when it covers nearly all, a thin crescent.",
        },
        {
          text: "The lunar phases result from the geometrical configuration of the sun, earth and moon during the synodic month of 29.53 days; the illuminated fraction is (1 + cos i)/2 for a phase angle i, which explains the waxing and waning that you observe in the night sky over the course of each month.",
        },
      ],
    },
    {
      id: "uf-haiku-rain",
      prompt: "Write a haiku (5, 7, 5 syllables) about rain on a tin roof. No rhymes, and do not use the word “rain”.",
      completions: [
        { text: "Small drums in the dark,\nfingers of a patient cloud.\nThe cat lifts one ear." },
        { text: "Rain upon the roof,\nfalling softly all night long,\nsinging me a song." },
        { text: "The roof is loud today. It makes me think of home and of my mother." },
      ],
    },
    {
      id: "uf-capital-myanmar",
      prompt: "What is the capital of Myanmar, and since when?",
      completions: [
        {
          text: "Naypyidaw. The government began to move there from Yangon in November 2005, and the name was announced in March 2006.",
        },
        { text: "The capital of Myanmar is Yangon, formerly Rangoon, and it has been so since independence in 1948." },
        {
          text: "I believe it is Naypyidaw, which replaced Yangon at some point in the 2000s, though I am not sure of the exact year.",
        },
      ],
    },
  ],
};
