import { draw } from "./pictures";
import type { Template } from "./template";

type Cell = readonly [column: number, row: number];

const cell = 24;
const middle = ([column, row]: Cell): [number, number] => [cell * column + cell / 2, cell * row + cell / 2];

type Place = { columns: number; rows: number; goal: Cell; walls: readonly Cell[] };

/** A path on a field of cells: the start is blue, the goal yellow, walls are grey. */
function path({ columns, rows, goal, walls }: Place, cells: readonly Cell[]): string {
  const [start] = cells as [Cell];
  const [[startX, startY], [goalX, goalY]] = [middle(start), middle(goal)];
  return draw(columns * cell, rows * cell, "white", [
    ...walls.map(
      ([column, row]) =>
        ({ kind: "box", x: cell * column, y: cell * row, width: cell, height: cell, colour: "grey" }) as const,
    ),
    { kind: "disc", x: goalX, y: goalY, radius: 9, colour: "yellow" },
    { kind: "path", points: cells.map(middle), thickness: 5, colour: "red" },
    { kind: "disc", x: startX, y: startY, radius: 7, colour: "blue" },
  ]);
}

const names = { "1,0": "right", "-1,0": "left", "0,1": "down", "0,-1": "up", "0,0": "wait" } as const;

/** The same path as states and actions, one a line, with the state in which it ends. */
function log(cells: readonly Cell[]): string {
  const lines = cells.slice(0, -1).map(([column, row], index) => {
    const [nextColumn, nextRow] = cells[index + 1]!;
    const step = `${nextColumn - column},${nextRow - row}` as keyof typeof names;
    return `- t=${index}: at (${column}, ${row}), ${names[step]}`;
  });
  return [...lines, `- ends at (${cells.at(-1)!.join(", ")})`].join("\n");
}

const segment = (place: Place, cells: readonly Cell[]) => ({
  text: log(cells),
  images: [{ url: path(place, cells), alt: `a path of ${cells.length - 1} steps from (${cells[0]!.join(", ")})` }],
});

const room: Place = {
  columns: 8,
  rows: 6,
  goal: [6, 1],
  walls: [
    [3, 1],
    [3, 2],
    [3, 3],
  ],
};
const open: Place = { columns: 8, rows: 6, goal: [7, 5], walls: [] };
const task =
  "The agent moves one cell a step. It should reach the yellow goal without touching walls, as soon as it can.";

/** Two segments of behaviour: one better, the same, or nothing that can be told, as preferences for CPL and regret models are asked. */
export const trajectorySegments: Template = {
  taskSchema: {
    questions: [
      {
        id: "segments",
        type: "comparison",
        scale: 3,
        aspects: [
          {
            id: "overall",
            name: "Better behaviour",
            definition:
              "In which segment does the agent do better for the task, by what it decides and not by where it happens to start? Same: you see both and there is nothing between them. Cannot tell: you do not see or understand enough to say.",
          },
        ],
        bothBad: false,
        cannotTell: true,
        tie: "Same",
      },
    ],
    reason: "optional",
  },
  guidelines: `# Comparing segments of behaviour

Each side is a short stretch of what an agent did: a picture of its path (blue is where it starts, yellow the goal, grey are walls), and the same as states and actions below. Say in which it **decides better**.

## How to decide

1. Look at where each segment starts and ends, then at the steps between.
2. Judge the *decisions*. A segment that starts next to the goal and dawdles is worse than one that starts far away and goes straight, although it ends nearer.
3. Steps that undo each other, waiting without a reason and bumping into walls are bad decisions.
4. What would have come next does not count, unless the last state makes it plain (walking into a dead end).

## “Same” or “cannot tell”?

They are different answers, and are used differently:

- **Same**: you understood both, and would be as glad to see either again. It trains as half and half.
- **Cannot tell**: the picture is unclear, the task is not understood, or you lack what you would need to know. It trains nothing. Do not use it for close calls.

## Examples

- A goes straight for 4 cells and stops 3 cells before the goal; B starts 2 cells before it, turns round and comes back. **A better.**
- Two shortest ways round the same wall, mirrored. **Same.**
- A segment without movement whose goal lies outside of the picture. **Cannot tell.**
`,
  overlap: 2,
  lmWeight: 0.5,
  exportDefaults: { format: "labels" },
  samples: [
    {
      id: "seg-straight",
      prompt: task,
      completions: [
        segment(open, [
          [1, 1],
          [2, 1],
          [3, 1],
          [3, 2],
          [4, 2],
          [5, 2],
        ]),
        segment(open, [
          [5, 4],
          [6, 4],
          [5, 4],
          [5, 3],
          [5, 4],
          [6, 4],
        ]),
      ],
    },
    {
      id: "seg-wall",
      prompt: task,
      completions: [
        segment(room, [
          [1, 2],
          [2, 2],
          [2, 3],
          [2, 4],
          [3, 4],
          [4, 4],
        ]),
        segment(room, [
          [1, 2],
          [2, 2],
          [2, 2],
          [2, 2],
          [2, 1],
          [2, 0],
        ]),
      ],
    },
    {
      id: "seg-mirror",
      prompt: task,
      completions: [
        segment(open, [
          [3, 1],
          [4, 1],
          [5, 1],
          [5, 2],
          [5, 3],
        ]),
        segment(open, [
          [3, 1],
          [3, 2],
          [3, 3],
          [4, 3],
          [5, 3],
        ]),
      ],
    },
    {
      id: "seg-still",
      prompt: `${task} (The field of this recording was cropped; the goal may lie outside.)`,
      completions: [
        segment({ ...open, columns: 5, rows: 5, goal: [9, 9] }, [
          [2, 2],
          [2, 2],
          [2, 2],
        ]),
        segment({ ...open, columns: 5, rows: 5, goal: [9, 9] }, [
          [1, 2],
          [1, 1],
          [2, 1],
        ]),
      ],
    },
  ],
};
