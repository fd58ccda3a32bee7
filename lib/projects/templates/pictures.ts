import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];

/** Colours that pictures are drawn in. */
export const colours = {
  white: [250, 250, 247],
  sky: [205, 226, 242],
  grass: [150, 190, 120],
  sand: [232, 218, 184],
  night: [28, 34, 66],
  black: [32, 32, 36],
  grey: [176, 180, 186],
  red: [206, 56, 48],
  blue: [44, 98, 190],
  green: [46, 138, 78],
  yellow: [242, 200, 60],
  orange: [232, 132, 44],
  brown: [128, 88, 56],
} as const satisfies Record<string, Colour>;
export type ColourName = keyof typeof colours;

/** Something drawn over what is there. */
export type Shape =
  | { kind: "box"; x: number; y: number; width: number; height: number; colour: ColourName }
  | { kind: "disc"; x: number; y: number; radius: number; colour: ColourName }
  /** Standing on its base: x is the middle of it, y its height on the picture. */
  | { kind: "triangle"; x: number; y: number; width: number; height: number; colour: ColourName }
  | { kind: "path"; points: readonly (readonly [number, number])[]; thickness: number; colour: ColourName };

/** A picture as a data URL: the same shapes give the same bytes. */
export function draw(width: number, height: number, background: ColourName, shapes: readonly Shape[]): string {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const top = shapes.findLast((shape) => covers(shape, x + 0.5, y + 0.5));
      rows.set(colours[top?.colour ?? background], y * (1 + 3 * width) + 1 + 3 * x);
    }
  }
  return `data:image/png;base64,${png(width, height, rows).toString("base64")}`;
}

function covers(shape: Shape, x: number, y: number): boolean {
  switch (shape.kind) {
    case "box":
      return x >= shape.x && x < shape.x + shape.width && y >= shape.y && y < shape.y + shape.height;
    case "disc":
      return Math.hypot(x - shape.x, y - shape.y) <= shape.radius;
    case "triangle": {
      const up = (shape.y - y) / shape.height;
      return up >= 0 && up <= 1 && Math.abs(x - shape.x) <= (shape.width / 2) * (1 - up);
    }
    case "path":
      return shape.points.some(
        (to, index) => index > 0 && distanceTo(shape.points[index - 1]!, to, [x, y]) <= shape.thickness / 2,
      );
  }
}

/** How far a point is from a line between two. */
function distanceTo(
  from: readonly [number, number],
  to: readonly [number, number],
  at: readonly [number, number],
): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(at[0] - from[0] - part * dx, at[1] - from[1] - part * dy);
}

/** Rows of a filter byte and RGB as a PNG file. */
function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
