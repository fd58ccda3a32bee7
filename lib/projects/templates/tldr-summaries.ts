import type { Template } from "./template";

/** Summaries compared on nine points after a note written before the source is shown, after Stiennon et al., "Learning to summarize". */
export const tldrSummaries: Template = {
  taskSchema: {
    questions: [
      {
        id: "impression",
        type: "critique",
        name: "What the summary says",
        definition:
          "From this summary alone: what happened in the post, and what does its writer want? One or two sentences, with what you had to guess. The post opens when you have written this for both.",
        isRequired: true,
        rewrite: "off",
      },
      {
        id: "preference",
        type: "comparison",
        scale: 9,
        aspects: [
          {
            id: "overall",
            name: "Better summary",
            definition:
              "Which summary would give somebody who has no time for the post the better idea of it? The points say how sure you are that a careful reader would agree.",
          },
        ],
        bothBad: false,
        degrees: ["certainly better", "very likely better", "probably better", "perhaps better"],
        tie: "Cannot decide",
      },
      {
        id: "axes",
        type: "rating",
        scale: {
          kind: "points",
          points: 7,
          names: ["Bad", "", "", "Acceptable", "", "", "Excellent"],
        },
        aspects: [
          {
            id: "overall",
            name: "Overall",
            definition:
              "How good is it as a stand-in for the post? 1: misleading or useless. 4: gives the gist with a flaw you noticed. 7: you could not improve it at this length.",
          },
          {
            id: "accuracy",
            name: "Accuracy",
            definition:
              "Does every statement agree with the post? 1: a main point is wrong. 4: a detail is wrong or bent. 7: nothing in it is wrong.",
          },
          {
            id: "coverage",
            name: "Coverage",
            definition:
              "Is what matters there: the situation, the people, what is asked? 1: what matters is missing. 4: one thing you would want is missing. 7: all that fits at this length is there.",
          },
          {
            id: "coherence",
            name: "Coherence",
            definition:
              "Does it read well by itself, without the post? 1: you cannot follow it. 4: understood at the second reading. 7: clear at once, and well put.",
          },
        ],
      },
    ],
    reason: "optional",
    reveal: [{ show: "prompt", after: "impression" }],
  },
  guidelines: `# Comparing summaries

Each post from an advice forum has two summaries of one or two sentences. You meet the summaries **before** the post, as their readers will.

## In this order

1. **What the summary says.** Read each summary by itself and write down what you understand from it, and what you had to guess. When both notes are there, the post opens; the notes can then no longer be changed.
2. **Better summary.** Read the post. Which summary is the better stand-in for it? The nine points say how *sure* you are: the ends mean that you would bet on it, the middle that it could go either way.
3. **Axes.** Rate each summary from 1 to 7: *overall*, *accuracy*, *coverage*, *coherence*. The meaning of 1, 4 and 7 stands with each.

## How to decide

- A false statement weighs more than a missing one. "She left him" for "she thinks about leaving him" is accuracy 2 at most.
- What the writer *asks* has to be in the summary. Without it coverage is 4 at most.
- Compare your note with the post: where you had to guess and guessed wrong, the summary is to blame.
- Longer is not better. Of two summaries that say the same, the shorter one wins.

## Example

Post: somebody lent a flatmate 400 euros, was paid back 100, and asks how to bring it up before the flatmate moves out in two weeks.
- A: "Flatmate owes me 300 and moves out in two weeks. How do I bring it up?" Accuracy 7, coverage 7.
- B: "My flatmate steals money from me. What should I do?" Accuracy 1, coverage 3. A is *certainly better*.
`,
  overlap: 3,
  lmWeight: 0.5,
  exportDefaults: { format: "trl", rows: "consensus", aspect: "overall" },
  samples: [
    {
      id: "tldr-band",
      prompt:
        "I have played bass in a band with three friends since school. We are not good, but Tuesdays are the best evening of my week. Last month our singer met a producer who wants to record her, alone, with session players. She told us yesterday and cried, because she thinks she is letting us down. The other two are furious and want to tell her to choose. I think she should do it. But if I say so, I fear the other two will think I am the one who broke up the band. How do I back her without losing them?",
      completions: [
        {
          text: "Our singer got an offer to record solo and feels guilty; the other two want to force her to choose. I think she should take it. How do I support her without losing them?",
        },
        {
          text: "I play bass in a bad band and our singer left us for a producer. The other two are furious. What now?",
        },
      ],
    },
    {
      id: "tldr-neighbour-tree",
      prompt:
        "My neighbour is 81 and lives alone. Her cherry tree leans over our fence, and in summer half of the fruit falls into our garden and rots. My wife would like to cut the branches on our side, which we are allowed to do. But the tree was planted by her late husband, and she talks to it, I have heard her. I could also just pick the cherries and bring her half, which I would enjoy, but it does not solve the wasps. Has anybody found a way that keeps everyone happy?",
      completions: [
        {
          text: "Neighbour's cherry tree drops fruit into our garden and draws wasps. My wife wants to cut our side, but the tree means a lot to the old lady. Is there a way that keeps everyone happy?",
        },
        {
          text: "We want to cut down the tree of our late neighbour because of the wasps, but his widow is against it. Is it legal?",
        },
      ],
    },
    {
      id: "tldr-degree",
      prompt:
        "I am 34 and in the fourth year of a part-time degree that my employer pays for. I have one year to go. Two weeks ago I was offered a job I have dreamed of, in another city, but it starts in a month, and the new firm does not pay for studies. If I leave before I finish I owe my employer about 9,000. I have 5,000 saved. My partner says take it, my father says finish. What would you do, and has anybody talked an employer out of such a clause?",
      completions: [
        { text: "Should I leave my degree for a job? My partner says yes and my father says no." },
        {
          text: "Offered a dream job a year before finishing a degree that my employer pays for. Leaving means owing 9,000, and I have 5,000. Take it, and can one negotiate such a clause?",
        },
      ],
    },
  ],
};
