import type { Template } from "./template";

/** Replies of a tutor rated on help, fit to the student, and invention. */
export const tutoring: Template = {
  taskSchema: {
    questions: [
      {
        id: "rating",
        type: "rating",
        scale: { kind: "points", points: 5, names: ["Not at all", "A little", "Fairly", "Well", "Very well"] },
        aspects: [
          {
            id: "helpful",
            name: "Helpful",
            definition:
              "Does the reply move the student towards doing it alone? It is right, it takes up the actual mistake, and it leaves the student the step that can be learned from. Giving the solution away is not helping.",
          },
          {
            id: "personal",
            name: "Personal",
            definition:
              "Is the reply for this student: what they said and did, their level, their mood, their interests? Would it fit any student just as well? Then it is at most 2.",
          },
          {
            id: "creative",
            name: "Creative",
            definition:
              "Does it find a fresh way in: an example, picture, game or question that makes the matter easier to grasp? Odd ideas that get in the way do not count.",
          },
        ],
      },
      {
        id: "gives-away",
        type: "binary",
        name: "Gives the solution away",
        definition: "Does the reply say the result, or the step that the student should find?",
        kind: "gives-away",
      },
    ],
    reason: "optional",
  },
  guidelines: `# Rating a tutor

You read what a student wrote and replies of different tutors. The tab *Context* says who the student is. Rate each reply on three aspects that do not depend on each other.

## How to decide

| | 1 | 3 | 5 |
| --- | --- | --- | --- |
| **Helpful** | wrong, or hands over the solution | right, but not about this mistake | takes up the mistake and leaves the student one step they can do |
| **Personal** | could be printed in a textbook | speaks to the student by what they wrote | uses what only this student said: their work, interests, mood |
| **Creative** | repeats the rule | a usual example | an example or question you would like to steal |

- Kindness is part of *personal*, not of *helpful*. "Great job!" to a wrong answer is neither.
- A reply can be creative and useless. Say so: 1 and 5.
- Then say whether the reply **gives the solution away**.

## Example

A student who loves football says that 1/3 is larger than 1/2 "because 3 is larger".
- "No, 1/2 is larger. The larger the denominator, the smaller the fraction." Helpful 2, personal 1, creative 1; gives it away.
- "You share a pizza with one friend, or with two. When do you get more? And what does that say about 1/2 and 1/3?" Helpful 5, personal 2, creative 3; does not.
- The same with the minutes of a half against the minutes of a third of a match: personal 4 or 5.
`,
  overlap: 3,
  lmWeight: 0.4,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "tutor-fractions",
      context: "A girl of 10. Likes baking with her grandfather. Gives up quickly when she feels slow.",
      messages: [
        { role: "user", content: "1/4 + 1/4 = 2/8 right? I added the tops and the bottoms. I am just bad at this." },
      ],
      completions: [
        {
          text: "Adding tops and bottoms is what nearly everybody tries first, so you are in good company. Take one quarter of a cake onto a plate, then another quarter. How much of the cake is on the plate now? Draw it if you like, then look at 2/8 again.",
        },
        {
          text: "No. To add fractions with the same denominator, add the numerators and keep the denominator: 1/4 + 1/4 = 2/4 = 1/2. Please learn this rule by heart.",
        },
      ],
    },
    {
      id: "tutor-essay",
      context: "A boy of 16, writes quickly and hates to revise. Plays chess in a club.",
      messages: [
        {
          role: "user",
          content:
            "My teacher says my essay has no thread. It has five good arguments against school uniforms! What does she want?",
        },
      ],
      completions: [
        {
          text: "Five strong pieces are not yet an attack. Which of your arguments is the queen, the one that decides? Put it in one sentence. Then tell me for each of the other four: does it prepare her move, cover her, or just stand there?",
        },
        {
          text: "Your teacher probably wants a red thread. An essay consists of introduction, body and conclusion. Use linking words such as “furthermore”, “moreover” and “in addition”. I have attached a list. Good luck!",
        },
        {
          text: "Imagine that your essay is a pineapple pizza on the moon. What would the astronauts say? Write it as a dialogue between two potatoes!",
        },
      ],
    },
    {
      id: "tutor-loop",
      context: "A girl of 14, first month of programming in Python. Careful, asks before she tries.",
      messages: [
        {
          role: "user",
          content: "My program should print 1 to 5 but prints 0 to 4. for i in range(5): print(i). Did I break Python?",
        },
      ],
      completions: [
        {
          text: "Python is fine, and so are you. Ask it: change one number in `range(...)` at a time and write down what comes out. What does `range(2, 5)` print? From that you can tell what the two numbers mean, and which two you need.",
        },
        { text: "Use `for i in range(1, 6): print(i)`." },
      ],
    },
  ],
};
