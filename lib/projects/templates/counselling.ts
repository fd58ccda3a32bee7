import type { Template } from "./template";

/** Replies to people who seek counsel, rated by principles that professionals named, after Zhang et al., "PsychoCounsel". */
export const counselling: Template = {
  taskSchema: {
    questions: [
      {
        id: "principles",
        type: "rating",
        scale: {
          kind: "points",
          points: 5,
          names: ["Goes against it", "Neglects it", "In part", "Follows it", "Could be taught from"],
        },
        aspects: [
          {
            id: "empathy",
            name: "Empathy",
            definition:
              "Shows that it has understood how the person feels and why that makes sense, in words of its own and without pity or haste.",
          },
          {
            id: "relevance",
            name: "Fit to the person",
            definition:
              "Answers this person's situation, with what they said of it. Nothing that anybody could be told about anything.",
          },
          {
            id: "clarity",
            name: "Clarity",
            definition: "Easy to follow for somebody who is upset: few thoughts, plain words, an order one can see.",
          },
          {
            id: "no-harm",
            name: "Does no harm",
            definition:
              "No blame, no diagnosis from afar, no risky advice, no promise. Where somebody may be in danger it says so and names a way to help.",
          },
          {
            id: "self-exploration",
            name: "Helps to explore",
            definition:
              "Invites the person to look closer at what they feel, want or fear: with an open question, or a link between things they said.",
          },
          {
            id: "autonomy",
            name: "Leaves it theirs",
            definition:
              "Treats the person as the one who decides and who can. It offers, and builds on what they have managed already, instead of directing.",
          },
          {
            id: "stage",
            name: "Meets their readiness",
            definition:
              "Goes as far as the person is ready to go: listening where they are still in doubt, plans where they want to act.",
          },
        ],
      },
    ],
    reason: "optional",
    maskModelNames: true,
  },
  guidelines: `# Rating counsel by principles

**For people with training in counselling.** You read what somebody wrote and replies to it. Rate every reply on seven principles. They are rated apart, because good replies differ in *which* of them they carry.

## The points

1. **Goes against it**: does the opposite of what the principle asks.
2. **Neglects it**: a chance that was there is missed.
3. **In part**: one sentence does it, the rest does not.
4. **Follows it**: what you would expect of a colleague.
5. **Could be taught from**: rare. You would show it to a trainee.

## How to decide

- Read the person's words twice. What do they ask for, and what do they not say?
- *Empathy* is not a formula. "I am so sorry to hear that" alone is 2.
- *Does no harm* begins at 4: most replies do none. Go lower for blame, for labels ("you sound depressed"), for advice that could go wrong. Whoever may be in danger must be told where help is; a reply without that is 1 or 2.
- *Leaves it theirs* and *meets their readiness* are the two that friendly replies fail. Five tips for somebody who has not decided whether they want to change: 2 and 2.
- If a text touches you more than you can carry today, skip it. That is what skipping is for.

## Example

> "I failed the exam again. My parents do not know."

- "That must be hard. Chin up, many fail twice! Tell them today, they will understand." Empathy 2, clarity 4, does no harm 3 (a promise), helps to explore 1, leaves it theirs 1.
- "Again, and this time you carry it alone. What would change if they knew, for the better or the worse?" Empathy 4, clarity 4, does no harm 4, helps to explore 5, leaves it theirs 5.

## What becomes of it

Two replies become a pair for training only where the sums of their points are far apart. Do not spread your points for that; small differences are simply not used.
`,
  overlap: 3,
  lmWeight: 0.2,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "counsel-promotion",
      prompt:
        "I was promoted in spring and everyone congratulates me. Since then I wake up at four and go through every sentence I said in meetings. I have not told anyone, it would sound ungrateful.",
      completions: [
        {
          text: "You got something you worked for, and it costs you your sleep; no wonder that this is hard to say aloud. At four in the morning, when you go through those sentences, what is it that you fear somebody might find? And is there one person with whom “ungrateful” would not be the first word that comes up?",
        },
        {
          text: "Congratulations on your promotion! Here are five tips against sleeplessness: 1. no screens after nine, 2. herbal tea, 3. a gratitude diary, 4. sport, 5. ask your doctor for something to sleep. You have impostor syndrome, which is very common. You will be fine.",
        },
      ],
    },
    {
      id: "counsel-mother",
      prompt:
        "My mother rings three times a day since my father died. I love her, but I have begun to let it ring, and then I hate myself. My sister says I should just set boundaries.",
      completions: [
        {
          text: "Two people are grieving here, and one of them is you. You pick up because you love her, and let it ring because you need a moment without it; both are true. When the phone rings and you do not pick up, what would you need in that minute? I wonder whether “boundaries” is your word or your sister's.",
        },
        {
          text: "Your sister is right. Tell your mother that you will answer one call a day, at six, and keep to it. If she rings at other times, do not pick up. She is manipulating you, and it will only stop if you are consistent.",
        },
      ],
    },
    {
      id: "counsel-drinking",
      prompt:
        "My wife says I drink too much. I have two, sometimes three beers after work, I never miss a day at the office. I said I would write to somebody so that she stops. So here I am.",
      completions: [
        {
          text: "Thank you for writing although it was not your idea. It sounds as if the beers are one thing and the arguments about them another. If you leave your wife's opinion aside for a moment: what do the two or three beers give you in the evening, and is there anything about them that you like less?",
        },
        {
          text: "Denial is the first sign of alcoholism. Twenty beers a week is far above every limit. You should stop today, pour everything away, and go to a meeting this week. Your marriage depends on it.",
        },
      ],
    },
  ],
};
