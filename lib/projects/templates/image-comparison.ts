import { draw } from "./pictures";
import type { Template } from "./template";

const [width, height] = [240, 180];
const ground = { kind: "box", x: 0, y: 130, width, height: 50, colour: "grass" } as const;
const scene = (...shapes: Parameters<typeof draw>[3]) => draw(width, height, "sky", [ground, ...shapes]);

const ball = (x: number, colour: "red" | "blue") => ({ kind: "disc", x, y: 120, radius: 26, colour }) as const;
const cube = (x: number, colour: "red" | "blue") =>
  ({ kind: "box", x: x - 26, y: 96, width: 52, height: 52, colour }) as const;
const house = (x: number, roof: "red" | "brown") =>
  [
    { kind: "box", x: x - 32, y: 84, width: 64, height: 58, colour: "white" },
    { kind: "triangle", x, y: 84, width: 80, height: 36, colour: roof },
    { kind: "box", x: x - 8, y: 110, width: 16, height: 32, colour: "brown" },
  ] as const;
const tree = (x: number) =>
  [
    { kind: "box", x: x - 5, y: 100, width: 10, height: 42, colour: "brown" },
    { kind: "disc", x, y: 88, radius: 26, colour: "green" },
  ] as const;
const sun = { kind: "disc", x: 204, y: 34, radius: 18, colour: "yellow" } as const;

/** Two pictures for one description, compared by what it asks for and by how they look. */
export const imageComparison: Template = {
  taskSchema: {
    questions: [
      {
        id: "comparison",
        type: "comparison",
        scale: 5,
        aspects: [
          {
            id: "objects",
            name: "Objects and attributes",
            definition:
              "Which picture has more of the things that the description names, in the right number, with the right colours and features?",
          },
          {
            id: "arrangement",
            name: "Arrangement",
            definition:
              "Which picture places the things better to each other as described: left of, behind, inside, larger than? A tie if the description says nothing of it.",
          },
          {
            id: "quality",
            name: "Picture quality",
            definition:
              "Which picture is better made, leaving aside the description: nothing broken, cut off or doubled, pleasant light and colours?",
          },
          {
            id: "overall",
            name: "Overall",
            definition:
              "Which picture would you use for this description? What was asked for weighs more than beauty, unless a picture is too poor to be used.",
          },
        ],
        bothBad: true,
        degrees: ["clearly better", "slightly better"],
      },
    ],
    reason: "optional",
  },
  guidelines: `# Comparing pictures

You see a description and two pictures made from it. Compare them on three aspects, then overall. Enlarge the pictures before you judge their quality.

## How to decide

1. Split the description into claims: "**two** red **cups** *left of* a **plate**" has things, a number, a colour, a place.
2. *Objects and attributes*: count the claims about things that each picture meets. One missing thing outweighs one wrong colour.
3. *Arrangement*: only claims about place and size. Left and right are those of the person who looks.
4. *Picture quality*: forget the description. Look for broken shapes, things that melt into each other, cut edges.
5. *Overall*: what you would use. Say *both bad* if you would use neither.

## Examples

- "A red ball left of a blue cube." A has both, but swapped; B has the ball alone. *Objects*: A clearly better. *Arrangement*: tie, since B has nothing to arrange and A has it wrong. *Overall*: A slightly better.
- Two pictures meet the description in full, one has a doubled shadow. *Objects*, *arrangement*: ties. *Quality* and *overall*: the other one, slightly.
`,
  overlap: 3,
  lmWeight: 0.4,
  exportDefaults: { format: "trl", rows: "consensus", aspect: "overall" },
  samples: [
    {
      id: "img-ball-cube",
      prompt: "A red ball to the left of a blue cube, on grass.",
      completions: [
        { images: [{ url: scene(ball(76, "red"), cube(166, "blue")), alt: "a red disc left of a blue square" }] },
        { images: [{ url: scene(cube(76, "blue"), ball(166, "red")), alt: "a blue square left of a red disc" }] },
      ],
    },
    {
      id: "img-house-tree",
      prompt: "A white house with a red roof between two trees, in the sun.",
      completions: [
        {
          images: [
            {
              url: scene(sun, ...tree(36), ...house(120, "brown"), ...tree(204)),
              alt: "a house with a brown roof between two trees",
            },
          ],
        },
        {
          images: [
            { url: scene(sun, ...house(76, "red"), ...tree(160)), alt: "a house with a red roof left of one tree" },
          ],
        },
      ],
    },
    {
      id: "img-three-balls",
      prompt: "Exactly three balls in a row: red, blue, red.",
      completions: [
        {
          images: [
            { url: scene(ball(50, "red"), ball(120, "blue"), ball(190, "red")), alt: "a red, a blue and a red disc" },
          ],
        },
        {
          images: [
            {
              url: scene(ball(40, "red"), ball(92, "red"), ball(144, "blue"), ball(196, "red")),
              alt: "four discs, one of them blue",
            },
          ],
        },
      ],
    },
  ],
};
