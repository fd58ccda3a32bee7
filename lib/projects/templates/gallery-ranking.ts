import { draw, type ColourName, type Shape } from "./pictures";
import type { Template } from "./template";

const [width, height] = [200, 150];

function sea(sky: ColourName, sail: ColourName | null, isWhole = true): string {
  const boat: Shape[] =
    sail === null
      ? []
      : [
          { kind: "box", x: 70, y: 96, width: 60, height: 14, colour: "brown" },
          { kind: "triangle", x: 102, y: 94, width: isWhole ? 44 : 16, height: isWhole ? 60 : 22, colour: sail },
        ];
  return draw(width, height, sky, [
    { kind: "disc", x: 160, y: 60, radius: 20, colour: sky === "night" ? "white" : "yellow" },
    { kind: "box", x: 0, y: 104, width, height: 46, colour: "blue" },
    ...boat,
  ]);
}

function poster(background: ColourName, bars: readonly ColourName[], isSlanted = false): string {
  return draw(
    width,
    height,
    background,
    bars.map((colour, index) =>
      isSlanted
        ? {
            kind: "path",
            points: [
              [24 + 40 * index, 130],
              [64 + 40 * index, 20],
            ],
            thickness: 18,
            colour,
          }
        : { kind: "box", x: 22 + 42 * index, y: 24 + 18 * index, width: 28, height: 110 - 18 * index, colour },
    ),
  );
}

/** All pictures for one prompt scored by themselves and put in order, after Xu et al., "ImageReward". */
export const galleryRanking: Template = {
  taskSchema: {
    questions: [
      {
        id: "scores",
        type: "rating",
        scale: { kind: "points", points: 7, low: "Not at all", high: "In full" },
        aspects: [
          {
            id: "alignment",
            name: "Fits the prompt",
            definition:
              "Does the picture show what the prompt asks for: the things, their features, the mood, the style? Every claim that it misses costs a point or two.",
          },
          {
            id: "fidelity",
            name: "Well made",
            definition:
              "Is what it shows whole and believable: shapes that hold together, nothing doubled or cut off, light and colours that belong together?",
          },
        ],
      },
      {
        id: "ranking",
        type: "ranking",
        name: "Order of the gallery",
        definition:
          "Put all pictures in order, the one you would choose for this prompt first. Pictures between which you would toss a coin share a rank.",
      },
    ],
    reason: "optional",
  },
  guidelines: `# Ranking a gallery

For one prompt you see several pictures. Score each by itself, then put them in order.

## Scores, 1 to 7

- **Fits the prompt.** 7: every claim of the prompt is there. 4: the main thing is there, something beside it is not. 1: it shows something else.
- **Well made.** 7: you see no fault at full size. 4: a fault that you notice and can live with. 1: broken.

Score a picture before you look at the next one; do not go back to make room.

## The order

The scores help, they do not decide. A picture that fits in full and is a little rough usually stands before a perfect one that misses the point. If your order contradicts *both* scores of two pictures, look at them again: one of the three is a slip.

Ties are honest: use them for pictures that differ in nothing you would care about. Do not use them because you are tired; skip the instance instead.

## Example

Prompt: "A boat with a red sail at night." Four pictures: a red sail by day, a red sail at night with a broken mast, a white sail at night, an empty sea at night.
Fits: 5, 7, 4, 2. Well made: 6, 4, 6, 6. Order: the second, the first, the third, the fourth.
`,
  overlap: 2,
  lmWeight: 0.4,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "gallery-boat",
      prompt: "A sailing boat with a red sail on the sea at night, under a full moon.",
      completions: [
        { images: [{ url: sea("night", "red"), alt: "a boat with a red sail, dark sky, white disc" }] },
        { images: [{ url: sea("sky", "red"), alt: "a boat with a red sail, bright sky, yellow disc" }] },
        { images: [{ url: sea("night", "white", false), alt: "a boat with a small white sail, dark sky" }] },
        { images: [{ url: sea("night", null), alt: "an empty sea, dark sky, white disc" }] },
      ],
    },
    {
      id: "gallery-poster",
      prompt: "An abstract poster on white: four rising bars in red, orange, yellow and green.",
      completions: [
        {
          images: [
            {
              url: poster("white", ["green", "yellow", "orange", "red"]),
              alt: "four bars on white, falling in height",
            },
          ],
        },
        {
          images: [
            { url: poster("white", ["red", "orange", "yellow", "green"], true), alt: "four slanted bars on white" },
          ],
        },
        { images: [{ url: poster("night", ["red", "orange", "yellow", "green"]), alt: "four bars on a dark ground" }] },
      ],
    },
    {
      id: "gallery-calm",
      prompt: "A calm sea by day, nothing on it. Warm light.",
      completions: [
        { images: [{ url: sea("sky", null), alt: "an empty sea, bright sky, yellow disc" }] },
        { images: [{ url: sea("sand", null), alt: "an empty sea, sandy sky, yellow disc" }] },
        { images: [{ url: sea("sand", "white"), alt: "a boat with a white sail, sandy sky" }] },
      ],
    },
  ],
};
