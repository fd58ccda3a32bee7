import { describe, expect, test } from "vitest";
import { labelPayloads } from "@/lib/labels/schema";
import { stringifyExact } from "@/lib/text/exact-json";
import { readLabelLine, readRecord } from "./record";
import { RecordFault } from "./record-fault";

const pair = {
  id: "q1",
  prompt: "Name a colour.",
  completions: [
    { id: "a", text: "Blue" },
    { id: "b", text: "Red" },
  ],
};
const human = { annotator: "ann1", kind: "human" };

function read(value: object) {
  return readRecord(JSON.stringify(value));
}

/** The stored labels of these import labels on two completions, or on those of `fields`. */
function labelsOf(labels: object[], fields: object = {}) {
  const { labels: read } = readRecord(JSON.stringify({ ...pair, ...fields, labels }));
  for (const label of read) expect(labelPayloads[label.type].parse(label.payload)).toEqual(label.payload);
  return read;
}

function labelOf(label: object, fields: object = {}) {
  return labelsOf([{ ...human, ...label }], fields)[0]!;
}

function faultOf(value: object | string): Pick<RecordFault, "field" | "code" | "message"> {
  try {
    readRecord(typeof value === "string" ? value : JSON.stringify(value));
  } catch (error) {
    if (!(error instanceof RecordFault)) throw error;
    return { field: error.field, code: error.code, message: error.message };
  }
  throw new Error("there was no fault");
}

describe("records", () => {
  test("a line of pandalm keeps everything", () => {
    const result = readRecord(
      '{"id": "pandalm/0", "source": "WeOpenML/PandaLM", "prompt": "Analyze the given email.\\n\\nIf you have any questions.", "completions": [{"id": "r0", "text": "Very polite.", "model": "bloom-7b"}, {"id": "r1", "text": "Professional.", "model": "cerebras-gpt-6.7B"}], "labels": [{"annotator": "annotator1", "kind": "human", "type": "comparison", "preferred": 0}, {"annotator": "gpt-3.5-turbo", "kind": "lm", "type": "comparison", "preferred": "tie", "order": [0, 1], "rationale": "Both are equal."}], "meta": {"motivation_app": "Gmail", "cmp_key": "bloom_cerebras"}}',
    );
    expect(result).toMatchObject({
      outsideId: "pandalm/0",
      prompt: "Analyze the given email.\n\nIf you have any questions.",
      messages: null,
      meta: { source: "WeOpenML/PandaLM", motivation_app: "Gmail", cmp_key: "bloom_cerebras" },
      completions: [
        { id: "r0", text: "Very polite.", model: "bloom-7b", steps: null, meta: null },
        { id: "r1", text: "Professional.", model: "cerebras-gpt-6.7B", steps: null, meta: null },
      ],
      format: "record",
    });
    expect(result.labels).toEqual([
      {
        question: "comparison",
        type: "comparison",
        aspect: "overall",
        target: "0-1",
        source: "human",
        annotator: "import:annotator1",
        sample: 0,
        payload: { pair: [0, 1], preferred: 0, bothBad: false, strength: 1, scale: 2 },
        rationale: null,
        shownOrder: null,
        meta: null,
      },
      {
        question: "comparison",
        type: "comparison",
        aspect: "overall",
        target: "0-1",
        source: "lm",
        annotator: "import:gpt-3.5-turbo",
        sample: 0,
        payload: { pair: [0, 1], preferred: "tie", bothBad: false, strength: 0, scale: 2 },
        rationale: "Both are equal.",
        shownOrder: [0, 1],
        meta: null,
      },
    ]);
  });

  test("messages keep their order and fields", () => {
    const messages = [
      { role: "system", content: "Be kind." },
      { role: "user", content: "שלום", name: "dana" },
      { role: "assistant", content: "", tool_calls: [{ id: 7000000000000000 }] },
      { role: "tool", content: "<b>42</b>", tool_call_id: "c1" },
    ];
    const withLongId = (value: unknown) => JSON.stringify(value).replace("7000000000000000", "12345678901234567890");
    expect(stringifyExact(readRecord(withLongId({ ...pair, prompt: undefined, messages })).messages)).toBe(
      withLongId(messages),
    );
    expect(read({ ...pair, prompt: messages })).toMatchObject({ prompt: null, messages });
  });

  test("unknown fields are kept exactly, wherever they stand", () => {
    const result = readRecord(
      '{"id":7,"prompt":"","tweet":18446744073709551615,"meta":{"b":1,"a":[1.10,{"__proto__":2}]},"completions":[{"text":null,"url":"u","logprob":-0.12345678901234567890}],"labels":[{"annotator":3,"kind":"human","type":"rating","value":"yes","unparsed":true,"ms":1e400}]}',
    );
    expect(result.outsideId).toBe("7");
    expect(stringifyExact(result.meta)).toBe('{"tweet":18446744073709551615,"b":1,"a":[1.1,{"__proto__":2}]}');
    expect(stringifyExact(result.completions)).toBe(
      '[{"id":"0","text":null,"model":null,"steps":null,"images":[],"meta":{"url":"u","logprob":-0.12345678901234567890}}]',
    );
    expect(result.labels[0]!.annotator).toBe("import:3");
    expect(stringifyExact(result.labels[0]!.meta)).toBe('{"unparsed":true,"ms":1e400}');
  });

  test("a field of the record and one of its meta with the same name both stay", () => {
    expect(read({ ...pair, source: "a", meta: { source: "b" } }).meta).toEqual({ source: "a", meta: { source: "b" } });
    expect(read({ ...pair, source: "a", meta: "free text" }).meta).toEqual({ source: "a", meta: "free text" });
  });

  test("responses stand for completions, and faults name them so", () => {
    const { completions, ...rest } = pair;
    expect(read({ ...rest, responses: completions }).contentHash).toBe(read(pair).contentHash);
    expect(faultOf({ ...rest, responses: [{ text: 1 }] })).toMatchObject({
      field: "responses.0.text",
      message: "must be a string",
    });
  });

  test("the content hash tells changed content, and nothing but that", () => {
    const { contentHash } = read(pair);
    expect(read({ ...pair, id: "other", labels: [{ ...human, type: "comparison", preferred: 0 }] }).contentHash).toBe(
      contentHash,
    );
    expect(read({ ...pair, prompt: "Name a color." }).contentHash).not.toBe(contentHash);
    expect(read({ ...pair, gold: { type: "comparison", preferred: 0 } }).contentHash).not.toBe(contentHash);
    expect(read({ ...pair, meta: { b: 1, a: 2 } }).contentHash).toBe(
      read({ ...pair, meta: { a: 2, b: 1 } }).contentHash,
    );
  });

  test("a record without an id is known by its content", () => {
    const { id, ...rest } = pair;
    expect(id).toBe("q1");
    const result = read(rest);
    expect(result.outsideId).toBe(`sha256:${result.contentHash.slice(0, 32)}`);
  });

  test("instances with one prompt share a split, and about a fifth is held out", () => {
    const splits = Array.from({ length: 2000 }, (_, i) => read({ ...pair, prompt: `Prompt ${i}` }).split);
    const held = splits.filter((split) => split === "test").length;
    expect(held).toBeGreaterThan(340);
    expect(held).toBeLessThan(460);
    expect(read({ ...pair, id: "q2", completions: [{ text: "x" }] }).split).toBe(read(pair).split);
  });

  test.each([
    ["{oops}", { field: "", code: "json" }],
    ["[1]", { field: "", code: "json", message: "must be a JSON object" }],
    [
      { ...pair, prompt: "a\0b" },
      { field: "prompt", code: "unstorable" },
    ],
    ['{"id":"h","prompt":"\\ud83d","completions":[{"text":"x"}]}', { field: "prompt", code: "unstorable" }],
    [
      `{"id":"deep","meta":${"[".repeat(200)}${"]".repeat(200)},"prompt":"","completions":[]}`,
      { field: "", code: "invalid" },
    ],
    [
      { id: "x", completions: [{ text: "y" }] },
      { field: "prompt", message: expect.stringContaining("is missing") },
    ],
    [{ id: "x", prompt: "y" }, { field: "completions" }],
    [
      { ...pair, completions: [] },
      { field: "completions", message: "needs at least 1" },
    ],
    [
      { ...pair, completions: [{}] },
      { field: "completions.0.text", message: "is missing" },
    ],
    [
      {
        ...pair,
        completions: [
          { id: "a", text: "" },
          { id: "a", text: "" },
        ],
      },
      { field: "completions.1.id", code: "duplicate" },
    ],
    [{ ...pair, id: "" }, { field: "id" }],
    [
      { ...pair, id: "x".repeat(1001) },
      { field: "id", message: expect.stringContaining("longer than 1000 bytes") },
    ],
    [{ ...pair, messages: [] }, { field: "messages" }],
    [{ ...pair, prompt: [{ role: "bot", content: "x" }] }, { field: "prompt" }],
    [
      { ...pair, labels: [{ ...human, type: "vote" }] },
      { field: "labels.0.type", message: expect.stringContaining("comparison, ranking") },
    ],
    [
      { ...pair, labels: [{ type: "comparison", kind: "demo", annotator: "x", preferred: 0 }] },
      { field: "labels.0.kind" },
    ],
    [
      { ...pair, labels: [{ type: "comparison", kind: "human", preferred: 2 }] },
      { field: "labels.0.annotator", message: expect.stringContaining("1 more fault") },
    ],
  ])("a fault names its field (case %#)", (value, fault) => {
    expect(faultOf(value)).toMatchObject(fault);
  });
});

describe("preference pairs", () => {
  const order = (record: ReturnType<typeof read>) => record.completions.map((completion) => completion.id);

  test("prompt, chosen and rejected become one comparison of two completions", () => {
    const result = read({ prompt: "Name a colour.", chosen: "Blue", rejected: "Stone", score_chosen: 9.5 });
    const chosenIndex = order(result).indexOf("chosen");
    expect(result).toMatchObject({
      prompt: "Name a colour.",
      meta: { score_chosen: 9.5 },
      format: "preference",
    });
    expect(result.completions[chosenIndex]!.text).toBe("Blue");
    expect(result.labels).toMatchObject([
      {
        annotator: "import:dataset",
        source: "human",
        type: "comparison",
        payload: { pair: [0, 1], preferred: chosenIndex, strength: 1, scale: 2 },
        meta: null,
      },
    ]);
    expect(read({ prompt: "p", chosen: "a", rejected: "b", kind: "lm" }).labels[0]!.source).toBe("lm");
    expect(read({ prompt: "p", chosen: "a", rejected: "b", kind: "helpful" })).toMatchObject({
      meta: { kind: "helpful" },
      labels: [{ source: "human" }],
    });
  });

  test("the chosen completion stands first about half of the time", () => {
    const first = Array.from(
      { length: 400 },
      (_, i) => order(read({ prompt: "p", chosen: `good ${i}`, rejected: `bad ${i}` }))[0],
    );
    const share = first.filter((id) => id === "chosen").length;
    expect(share).toBeGreaterThan(150);
    expect(share).toBeLessThan(250);
  });

  test.each([
    [
      "\n\nHuman: Hi\n\nAssistant: Hello!",
      "\n\nHuman: Hi\n\nAssistant: Go away",
      "\n\nHuman: Hi\n\nAssistant:",
      " Hello!",
      " Go away",
    ],
    ["The sky is blue", "The sky is green", "The sky is", " blue", " green"],
    ["same start", "same start, longer", "same star", "t", "t, longer"],
    ["😀 yes", "😁 no", "", "😀 yes", "😁 no"],
    ["", "x", "", "", "x"],
  ])("without a prompt the common start is the prompt: %j", (chosen, rejected, prompt, chosenText, rejectedText) => {
    const result = read({ chosen, rejected });
    const texts = Object.fromEntries(result.completions.map((completion) => [completion.id, completion.text]));
    expect({ prompt: result.prompt, ...texts }).toEqual({ prompt, chosen: chosenText, rejected: rejectedText });
  });

  const user = { role: "user", content: "What is 2+2?" };
  const good = { role: "assistant", content: "4" };
  const bad = { role: "assistant", content: "5" };

  test.each([
    { prompt: [user], chosen: [good], rejected: [bad] },
    { chosen: [user, good], rejected: [user, bad] },
    { prompt: "What is 2+2?", chosen: [user, good], rejected: [user, bad] },
  ])("conversations give messages and replies: %j", (value) => {
    const result = read(value);
    const texts = Object.fromEntries(result.completions.map((completion) => [completion.id, completion.text]));
    expect(result).toMatchObject({ prompt: null, messages: [user], meta: null });
    expect(texts).toEqual({ chosen: "4", rejected: "5" });
  });

  test("replies of several messages are joined and kept", () => {
    const chosen = [good, { role: "user", content: "Thanks" }, { role: "assistant", content: "Welcome" }];
    const result = read({ prompt: [user], chosen, rejected: [{ ...bad, name: "bot" }] });
    const completions = Object.fromEntries(result.completions.map((completion) => [completion.id, completion]));
    expect(completions.chosen).toMatchObject({
      text: "assistant: 4\n\nuser: Thanks\n\nassistant: Welcome",
      meta: { messages: chosen },
    });
    expect(completions.rejected).toMatchObject({ text: "5", meta: { message: { name: "bot" } } });
  });

  test("two kinds of sides are a fault", () => {
    expect(faultOf({ chosen: "a", rejected: [bad] })).toMatchObject({ field: "rejected" });
  });
});

describe("comparisons", () => {
  const three = {
    completions: [
      { id: "a", text: "1" },
      { id: "b", text: "2" },
      { id: "c", text: "3" },
    ],
  };

  test("a reversed pair is turned to smaller first, with its answer and order", () => {
    expect(labelOf({ type: "comparison", pair: [2, 1], preferred: 0, order: [1, 0] }, three)).toMatchObject({
      target: "1-2",
      payload: { pair: [1, 2], preferred: 1 },
      shownOrder: [1, 2],
    });
    expect(labelOf({ type: "comparison", pair: [1, 2], preferred: "tie", order: [2, 1] }, three)).toMatchObject({
      payload: { preferred: "tie" },
      shownOrder: [2, 1],
    });
  });

  test.each([
    [
      { preferred: 1, strength: 2, scale: 5 },
      { preferred: 1, strength: 2, scale: 5 },
    ],
    [
      { preferred: "tie", scale: 7 },
      { preferred: "tie", strength: 0, scale: 7 },
    ],
    [
      { preferred: 0, scale: 3 },
      { preferred: 0, strength: 1, scale: 3 },
    ],
    [
      { value: 1, scale: 9 },
      { preferred: 0, strength: 4, scale: 9 },
    ],
    [
      { value: 5, scale: 9 },
      { preferred: "tie", strength: 0, scale: 9 },
    ],
    [
      { value: 7, scale: 9, preferred: 1 },
      { preferred: 1, strength: 2, scale: 9 },
    ],
    [
      { value: 2, scale: 2 },
      { preferred: 1, strength: 1, scale: 2 },
    ],
  ])("strengths: %j", (label, payload) => {
    expect(labelOf({ type: "comparison", ...label }).payload).toEqual({ pair: [0, 1], bothBad: false, ...payload });
  });

  test("a note of both bad is an answer, every other note stays a note", () => {
    expect(labelOf({ type: "comparison", preferred: "tie", note: "both bad" })).toMatchObject({
      payload: { bothBad: true },
      meta: null,
    });
    expect(labelOf({ type: "comparison", preferred: "tie", note: "in a hurry" })).toMatchObject({
      payload: { bothBad: false },
      meta: { note: "in a hurry" },
    });
    expect(labelOf({ type: "comparison", preferred: 0, note: "both bad" })).toMatchObject({
      payload: { bothBad: false },
      meta: { note: "both bad" },
    });
  });

  test("whoever cannot tell prefers nothing", () => {
    const payload = { pair: [0, 1], preferred: "tie", bothBad: false, strength: 0, scale: 3, cannotTell: true };
    const label = { type: "comparison", scale: 3, cannotTell: true };
    expect(labelOf(label)).toMatchObject({ payload, meta: null });
    expect(labelOf({ ...label, preferred: "tie", note: "both bad" })).toMatchObject({
      ...{ payload, meta: { note: "both bad" } },
    });
  });

  test("reasons for the preferred completion are kept as they are given", () => {
    const payload = { pair: [0, 1], preferred: 1, bothBad: false, strength: 1, scale: 2 };
    const label = { type: "comparison", preferred: 1, scale: 2 };
    const reasons = ["clearer", "right"];
    expect(labelOf({ ...label, reasons })).toMatchObject({ payload: { ...payload, reasons }, meta: null });
    expect(labelOf({ ...payload, type: "comparison", reasons })).toMatchObject({ payload: { ...payload, reasons } });
    expect(labelOf({ ...label, reasons, note: "both bad" }).meta).toEqual({ note: "both bad" });
  });

  test.each([
    ...[[], null, "It is clearer.", { clarity: 2 }, [{ text: "clearer" }], ["clearer", 2], ["clearer", "clearer"]],
    ...[[""], ["a".repeat(101)], Array.from({ length: 13 }, (_, n) => `reason ${n}`)],
  ])("what is no list of reasons is kept beside the answer: %j", (reasons) => {
    const payload = { pair: [0, 1], preferred: 0, bothBad: false, strength: 1, scale: 2 };
    const label = labelOf({ type: "comparison", preferred: 0, scale: 2, reasons });
    expect(label).toMatchObject({ meta: { reasons } });
    expect(label.payload).toEqual(payload);
  });

  test("a tie has no reasons, so that what stands there is kept beside it", () => {
    const label = labelOf({ type: "comparison", preferred: "tie", scale: 3, reasons: ["clearer"] });
    expect(label.meta).toEqual({ reasons: ["clearer"] });
    expect(label.payload).not.toHaveProperty("reasons");
  });

  test("both orders by one judge are two samples", () => {
    const judge = { annotator: "gpt4/Vanilla", kind: "lm", type: "comparison" };
    const labels = labelsOf([
      { ...judge, preferred: 0, order: [0, 1] },
      { ...judge, preferred: 1, order: [1, 0] },
      { ...judge, aspect: "style", preferred: 1 },
    ]);
    expect(labels.map(({ sample, aspect, shownOrder }) => [sample, aspect, shownOrder])).toEqual([
      [0, "overall", [0, 1]],
      [1, "overall", [1, 0]],
      [0, "style", null],
    ]);
  });

  test.each([
    [{ pair: [0, 0], preferred: 0 }, "labels.0.pair"],
    [{ pair: [0, 2], preferred: 0 }, "labels.0.pair"],
    [{ preferred: 0, strength: 2 }, "labels.0.strength"],
    [{ preferred: 0, scale: 5 }, "labels.0.strength"],
    [{ preferred: 0, scale: 4 }, "labels.0.scale"],
    [{ preferred: "tie", strength: 1 }, "labels.0.strength"],
    [{ value: 3 }, "labels.0.scale"],
    [{ value: 10, scale: 9 }, "labels.0.value"],
    [{ value: 1, scale: 9, preferred: 1 }, "labels.0.preferred"],
    [{ preferred: 0, order: [0, 0] }, "labels.0.order"],
    [{ preferred: 0, bothBad: true }, "labels.0.bothBad"],
    [{ preferred: 0, cannotTell: true }, "labels.0.cannotTell"],
    [{ preferred: "tie", bothBad: true, cannotTell: true }, "labels.0.cannotTell"],
  ])("a comparison that cannot be: %j", (label, field) => {
    expect(faultOf({ ...pair, labels: [{ ...human, type: "comparison", ...label }] }).field).toBe(field);
  });

  test("a comparison of a single completion is a fault", () => {
    expect(
      faultOf({ ...pair, completions: [{ text: "x" }], labels: [{ ...human, type: "comparison", preferred: 0 }] })
        .field,
    ).toBe("labels.0.pair");
  });
});

describe("other labels", () => {
  test("ratings hold numbers or words", () => {
    expect(labelOf({ type: "rating", completion: 1, aspect: "overall quality", value: 87.5 })).toMatchObject({
      aspect: "overall quality",
      target: "1",
      payload: { completion: 1, aspect: "overall quality", value: 87.5 },
    });
    expect(labelOf({ type: "rating", completion: 0, value: "Unsure" }).payload).toEqual({
      completion: 0,
      aspect: "overall",
      value: "Unsure",
    });
    expect(faultOf({ ...pair, labels: [{ ...human, type: "rating", value: 1 }] }).field).toBe("labels.0.completion");
    expect(faultOf({ ...pair, labels: [{ ...human, type: "rating", completion: 2, value: 1 }] }).field).toBe(
      "labels.0.completion",
    );
    expect(faultOf({ ...pair, labels: [{ ...human, type: "rating", completion: 0, value: true }] }).field).toBe(
      "labels.0.value",
    );
  });

  test("rankings hold ranks, or the ids best first", () => {
    expect(labelOf({ type: "ranking", ranks: [2, 1] })).toMatchObject({ target: "", payload: { ranks: [2, 1] } });
    expect(labelOf({ type: "ranking", ranks: ["b", "a"], aspect: "style" })).toMatchObject({
      aspect: "style",
      payload: { ranks: [2, 1] },
    });
    expect(faultOf({ ...pair, labels: [{ ...human, type: "ranking", ranks: [1, 2, 3] }] }).field).toBe(
      "labels.0.ranks",
    );
    expect(faultOf({ ...pair, labels: [{ ...human, type: "ranking", ranks: ["a", "a"] }] }).field).toBe(
      "labels.0.ranks",
    );
  });

  test("spans of the prompt and fields without a place are kept", () => {
    const label = labelOf({
      type: "spans",
      covered: [1],
      spans: [
        { completion: 1, start: 0, end: 3, category: "Accuracy", severity: "major" },
        { completion: 1, start: 5, end: 9, category: "Source", on: "prompt", note: "odd" },
        { completion: 1, start: 1, end: 2, category: "Fluency", trailing_space: true },
      ],
    });
    expect(label).toMatchObject({
      target: "1",
      meta: { spans: { 1: { completion: 1 }, 2: { trailing_space: true } } },
    });
    expect(label.payload).toEqual({
      covered: [1],
      spans: [
        { completion: 1, start: 0, end: 3, category: "Accuracy", severity: "major" },
        { completion: "prompt", start: 5, end: 9, category: "Source", note: "odd" },
        { completion: 1, start: 1, end: 2, category: "Fluency" },
      ],
    });
  });

  test("spans of a conversation name the message, counted from 0, and lie inside of it", () => {
    const chat = { prompt: undefined, messages: ["ab", "👩‍🚒x"].map((content) => ({ role: "user", content })) };
    const label = (...marked: object[]) => ({
      ...{ type: "spans", covered: [0] },
      spans: marked.map((span) => ({ start: 0, end: 2, category: "c", ...span })),
    });
    const read = labelOf(
      label({ on: "prompt", message: 0 }, { completion: "prompt", message: 1, end: 4 }, { on: "prompt", end: 99 }),
      chat,
    );
    expect(read).toMatchObject({ target: "0", meta: null });
    expect(read.payload).toEqual({
      covered: [0],
      spans: [
        { completion: "prompt", message: 0, start: 0, end: 2, category: "c" },
        { completion: "prompt", message: 1, start: 0, end: 4, category: "c" },
        { completion: "prompt", start: 0, end: 99, category: "c" },
      ],
    });
    const faulty = (span: object) => faultOf({ ...pair, ...chat, labels: [{ ...human, ...label(span) }] }).field;
    expect(faulty({ on: "prompt", message: 0, end: 3 })).toBe("labels.0.spans.0.end");
    for (const message of [2, -1, 0.5]) expect(faulty({ on: "prompt", message })).toBe("labels.0.spans.0.message");
    // Beside a completion, as a word, and where there are no messages it is a field like any other.
    expect(labelOf(label({ on: "prompt", message: "odd" }), chat).meta).toEqual({ spans: { 0: { message: "odd" } } });
    expect(labelOf(label({ on: "prompt", message: 7 })).meta).toEqual({ spans: { 0: { message: 7 } } });
    const other = labelOf(label({ completion: 0, message: "odd" }), { completions: [{ text: "xyz" }, { text: "" }] });
    expect(other.meta).toEqual({ spans: { 0: { message: "odd" } } });
  });

  test("spans are measured in code points", () => {
    const emoji = { completions: [{ text: "👩‍🚒😀x" }], prompt: "ab" };
    const spans = (span: object) => ({ type: "spans", spans: [{ category: "c", ...span }] });
    expect(labelOf(spans({ start: 4, end: 5 }), emoji)).toMatchObject({ target: "0" });
    const faulty = (span: object) => faultOf({ ...pair, ...emoji, labels: [{ ...human, ...spans(span) }] }).field;
    expect(faulty({ start: 4, end: 6 })).toBe("labels.0.spans.0.end");
    expect(faulty({ start: 3, end: 2 })).toBe("labels.0.spans.0.end");
    expect(faulty({ start: 0, end: 3, on: "prompt" })).toBe("labels.0.spans.0.end");
    expect(labelOf(spans({ start: 0, end: 999 }), { completions: [{ text: null }] }).type).toBe("spans");
    expect(faultOf({ ...pair, labels: [{ ...human, type: "spans", spans: [] }] }).field).toBe("labels.0.covered");
  });

  const solution = { completions: [{ text: "a\nb\nc", steps: ["a", "b", "c"] }] };

  test("steps are good, neutral or bad", () => {
    const steps = [
      { index: 0, label: "ok", flags: [] },
      { index: 1, label: "redundant", flags: ["Repetition"], seconds: 4 },
      { index: 2, label: "error", flags: ["Arithmetic"] },
    ];
    expect(labelOf({ type: "steps", completion: 0, steps }, solution)).toMatchObject({
      target: "0",
      payload: {
        completion: 0,
        steps: [
          { index: 0, label: "good", flags: [] },
          { index: 1, label: "neutral", flags: ["Repetition", "redundant"] },
          { index: 2, label: "bad", flags: ["Arithmetic"] },
        ],
        firstError: 2,
      },
      meta: { steps: { 1: { seconds: 4 } } },
    });
  });

  test("the first error may stand alone", () => {
    expect(labelOf({ type: "steps", first_error: 1 }, solution).payload).toEqual({
      completion: 0,
      steps: [],
      firstError: 1,
    });
    expect(labelOf({ type: "steps", first_error: null }, solution).payload).toEqual({
      completion: 0,
      steps: [],
      firstError: null,
    });
    expect(faultOf({ ...pair, ...solution, labels: [{ ...human, type: "steps", first_error: 3 }] }).field).toBe(
      "labels.0.first_error",
    );
    expect(faultOf({ ...pair, ...solution, labels: [{ ...human, type: "steps" }] }).field).toBe("labels.0.steps");
  });

  test("thumbs and correctness", () => {
    expect(labelOf({ type: "binary", completion: 1, value: true })).toMatchObject({
      aspect: "thumb",
      payload: { completion: 1, value: true, kind: "thumb" },
    });
    expect(labelsOf([{ ...human, type: "binary", correct: [true, null] }])).toMatchObject([
      { aspect: "correct", target: "0", payload: { completion: 0, value: true, kind: "correct" } },
    ]);
    expect(
      labelsOf([{ ...human, type: "binary", correct: [true, false] }]).map(({ target, sample }) => [target, sample]),
    ).toEqual([
      ["0", 0],
      ["1", 0],
    ]);
    expect(faultOf({ ...pair, labels: [{ ...human, type: "binary", correct: [true] }] }).field).toBe(
      "labels.0.correct",
    );
    expect(faultOf({ ...pair, labels: [{ ...human, type: "binary", completion: 0 }] }).field).toBe("labels.0.value");
  });

  test("critiques", () => {
    expect(
      labelOf({ type: "critique", completion: 0, text: "Too short.", rewrite: "Blue, like the sky." }).payload,
    ).toEqual({
      completion: 0,
      text: "Too short.",
      quotes: [],
      rewrite: "Blue, like the sky.",
    });
    const quoting = { completion: 0, text: "Not so.", quotes: ["0-4:wrong", "s1"], rewrite: null };
    expect(labelOf({ type: "critique", ...quoting }).payload).toEqual(quoting);
  });

  test("a sample can be named, but only once", () => {
    const rating = { ...human, type: "rating", completion: 0, value: 1 };
    expect(labelsOf([{ ...rating, sample: 4 }, rating]).map((label) => label.sample)).toEqual([4, 5]);
    expect(faultOf({ ...pair, labels: [rating, { ...rating, sample: 0 }] })).toMatchObject({
      field: "labels.1.sample",
      code: "duplicate",
    });
  });

  test("a question of its own name", () => {
    expect(labelOf({ type: "rating", question: "fluency", completion: 0, value: 3 }).question).toBe("fluency");
  });
});

test("a line of labels names its instance", () => {
  expect(readLabelLine('{"instance":"q1","annotator":"a","n":18446744073709551615}')).toMatchObject({
    instance: "q1",
    value: { annotator: "a", n: expect.any(Number) },
    exact: { annotator: "a", n: expect.stringContaining("18446744073709551615") },
  });
  expect(() => readLabelLine('{"annotator":"a"}')).toThrow("is missing");
});
