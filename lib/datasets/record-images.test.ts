import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { tinyPng } from "@/lib/testing/tiny-images";
import { readRecord } from "./record";
import { RecordFault } from "./record-fault";

const dataUrl = `data:image/png;base64,${tinyPng.toString("base64")}`;
const tinyName = `sha256:${createHash("sha256").update(tinyPng).digest("hex")}`;
const upload = "image:01900000-0000-4000-8000-00000000000a";

const read = (record: object) => readRecord(JSON.stringify(record));
const pair = (extra: object = {}) => ({ prompt: "p", completions: [{ text: "a" }, { text: "b" }], ...extra });

function faultOf(record: object): string {
  try {
    read(record);
  } catch (error) {
    if (error instanceof RecordFault) return `${error.field} ${error.message}`;
    throw error;
  }
  return "none";
}

test("prompts and completions have images by URL, as bytes or by the reference of an upload", () => {
  const record = read({
    prompt: "Which is better?",
    images: ["https://example.org/a b.png", { url: dataUrl, alt: "a dot" }, upload],
    completions: [{ text: "one", images: [{ url: "http://example.org/1.png" }] }, { image: dataUrl }, { text: "" }],
  });
  expect(record.images).toEqual([
    { name: "https://example.org/a%20b.png", alt: "" },
    { name: tinyName, alt: "a dot" },
    { name: upload, alt: "" },
  ]);
  expect(record.completions.map(({ text, images, meta }) => ({ text, images, meta }))).toEqual([
    { text: "one", images: [{ name: "http://example.org/1.png", alt: "" }], meta: null },
    { text: "", images: [{ name: tinyName, alt: "" }], meta: null },
    { text: "", images: [], meta: null },
  ]);
  expect([...record.imageFiles.values()]).toMatchObject([{ width: 3, height: 2, contentType: "image/png" }]);
  expect(record).toMatchObject({ hasImages: true, meta: null });
});

test("a completion of an image alone has an empty text, one without either is a fault as before", () => {
  const record = read({ prompt: "", completions: [{ image: dataUrl, text: null }, { text: null }] });
  expect(record.completions.map(({ text }) => text)).toEqual(["", null]);
  expect(faultOf({ prompt: "", completions: [{ model: "m" }] })).toBe("completions.0.text is missing");
});

test("messages have images as lists of parts or beside their text", () => {
  const { messages, hasImages } = read({
    messages: [
      { role: "system", content: "Look.", n: 1 },
      {
        role: "user",
        content: [
          { type: "text", text: "First" },
          { type: "image_url", image_url: { url: "https://example.org/a.png", detail: "low" } },
          { type: "text", text: "second" },
          { type: "image" },
        ],
      },
      { role: "user", content: "And this?", images: [dataUrl] },
      { role: "user", content: [{ type: "text", text: "Only text", image_url: null }] },
    ],
    completions: [{ text: "a" }],
  });
  expect(messages).toMatchObject([
    { role: "system", content: "Look.", n: 1 },
    { role: "user", content: "First\n\nsecond", images: [{ name: "https://example.org/a.png" }] },
    { role: "user", content: "And this?", images: [{ name: tinyName }] },
    { role: "user", content: "Only text" },
  ]);
  expect(messages?.[3]).not.toHaveProperty("images");
  expect(hasImages).toBe(true);
});

test("preference pairs have the images of the record and of their messages", () => {
  const turn = (role: string, ...content: object[]) => ({ role, content });
  const image = { type: "image_url", image_url: { url: "https://example.org/a.png" } };
  const record = read({
    chosen: [turn("user", { type: "text", text: "Draw" }), turn("assistant", image)],
    rejected: [turn("user", { type: "text", text: "Draw" }), turn("assistant", { type: "text", text: "No." })],
    images: [upload],
  });
  expect(record).toMatchObject({
    messages: [{ role: "user", content: "Draw" }],
    images: [{ name: upload }],
    hasImages: true,
    meta: null,
  });
  expect(record.completions.find(({ id }) => id === "chosen")).toMatchObject({
    text: "",
    images: [{ name: "https://example.org/a.png" }],
    meta: null,
  });
});

test("images are part of what makes a record and a prompt what they are, and records without have the hash they had", () => {
  const hashes = (extra: object) => {
    const { contentHash, promptHash } = read(pair(extra));
    return [contentHash, promptHash];
  };
  expect(hashes({ images: [] })).toEqual(hashes({}));
  const [first, second] = [hashes({ images: [upload] }), hashes({ images: [dataUrl] })];
  expect(new Set([...first, ...second, ...hashes({})]).size).toBe(6);
  const both = (images: object) => read({ prompt: "p", completions: [{ text: "a", ...images }] });
  expect(both({ images: [dataUrl] }).contentHash).toBe(both({ image: dataUrl }).contentHash);
});

const coded = (text: string, type = "image/png") => `data:${type};base64,${Buffer.from(text).toString("base64")}`;

test.each<[string, object, string]>([
  ["a foreign scheme", { images: ["ftp://example.org/a.png"] }, "images.0 is a ftp: URL: images come from"],
  ["a file", { images: ["cat.png"] }, "images.0 is no URL: give one that begins with https://"],
  ["a script", { images: ["javascript:alert(1)"] }, "images.0 is a javascript: URL"],
  ["a password", { images: ["https://a:b@example.org/"] }, "images.0 carries a password"],
  ["no end", { images: [`https://example.org/${"a".repeat(2000)}`] }, "images.0 is longer than 2000 characters"],
  ["a wrong reference", { images: ["image:cat"] }, "images.0 does not end in an id"],
  ["a drawing", { images: [coded("<svg/>", "image/svg+xml")] }, "images.0 is a data URL that is no PNG, JPEG"],
  ["text in a data URL", { images: ["data:image/png,abc"] }, "images.0 is a data URL without base64"],
  ["broken base64", { images: ["data:image/png;base64,%%%"] }, "images.0 is a data URL whose base64 cannot be read"],
  ["no list", { images: "https://example.org/a.png" }, "images must be an array"],
  ["a number among images", { images: [upload, 1] }, "images.1 must be a URL (https, http or data), image:<id>, or an"],
  [
    "a file in a message",
    { prompt: null, messages: [{ role: "user", content: "a", images: ["a.png"] }] },
    "images.0 is no URL",
  ],
  [
    "an image as it is after reading",
    { prompt: null, messages: [{ role: "user", content: "a", images: [{ name: "x", alt: "" }] }] },
    "messages.0.images.0 must be a URL",
  ],
  ["too many", { images: Array.from({ length: 21 }, () => upload) }, "images has more than 20"],
  [
    "too many parts",
    { prompt: null, messages: [{ role: "user", content: Array(21).fill({ type: "image", url: upload }) }] },
    "messages.0 has more than 20 images",
  ],
  [
    "both names",
    { completions: [{ text: "a", image: upload, images: [upload] }] },
    "completions.0.image stands beside `images`",
  ],
  [
    "sound in a message",
    { prompt: null, messages: [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }] },
    "messages.0.content must be a string or a list of text and images",
  ],
])("%s is a fault that says so", (_, extra, message) => {
  expect(faultOf(pair(extra))).toContain(message);
});

test("fields called images that hold something else stay where they were", () => {
  const table = [{ bytes: null, path: "a.png" }];
  expect(read(pair({ images: 3 }))).toMatchObject({ images: [], hasImages: false, meta: { images: 3 } });
  expect(read(pair({ image: null, images: null })).meta).toEqual({ image: null });
  expect(read({ chosen: "a", rejected: "b", images: table })).toMatchObject({ images: [], meta: { images: table } });
  const completions = [
    { text: "a", images: table },
    { text: "b", image: { path: "b.png" } },
  ];
  expect(read({ prompt: "p", completions }).completions).toMatchObject([
    { images: [], meta: { images: table } },
    { images: [], meta: { image: { path: "b.png" } } },
  ]);
  const messages = [
    { role: "user", content: "Hi", images: 3 },
    { role: "user", content: "Hi", images: [] },
    { role: "user", content: [{ type: "text", text: "Hi" }], images: table },
  ];
  const { hasImages, messages: stored } = read({ messages, completions: [{ text: "a" }] });
  expect([hasImages, stored]).toEqual([false, [...messages.slice(0, 2), { ...messages[2], content: "Hi" }]]);
  const turns = [
    { role: "user", content: "Hi" },
    { role: "assistant", content: "a", images: 2 },
  ];
  const { completions: sides } = read({ chosen: turns, rejected: [turns[0], { ...turns[1], content: "b" }] });
  expect(sides).toMatchObject(Array(2).fill({ images: [], meta: { message: { images: 2 } } }));
});

test("more bytes than are taken are refused before they are looked at", () => {
  const large = `data:image/png;base64,${"A".repeat(14_100_000)}`;
  expect(faultOf(pair({ images: [large] }))).toBe(
    "images.0 is a data URL that is larger than 10 MB, which is the most that is taken",
  );
});
