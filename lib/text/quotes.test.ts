import { expect, test } from "vitest";
import { followGrown, followQuotes, orderQuotes, readSpanId, spanId, type MarkedAs } from "./quotes";

const span = (start: number, end: number, category = "wrong"): MarkedAs => ({ start, end, category });
const [first, second, third] = [span(0, 4), span(6, 9), span(12, 20, "vague")];
const quotes = [spanId(first), spanId(third)];

test("the id of a span is its place and its category, and says them again", () => {
  expect(spanId(span(4, 19, "not-needed"))).toBe("4-19:not-needed");
  expect(readSpanId("4-19:not-needed")).toEqual(span(4, 19, "not-needed"));
  for (const on of ["prompt", "message-2"] as const) {
    expect(spanId({ ...first, on })).toBe(`${on}:0-4:wrong`);
    expect(readSpanId(`${on}:0-4:wrong`)).toEqual({ ...first, on });
  }
  expect(spanId({ ...first, on: 1 })).toBe("0-4:wrong");
  for (const id of [
    "s1",
    "message-:0-4:wrong",
    "message-01:0-4:wrong",
    "other:0-4:wrong",
    "",
    "4-19",
    "4-19:",
    "-4-19:wrong",
  ])
    expect(readSpanId(id)).toBeNull();
});

test("quotes stand in the order of the text, by number and each once", () => {
  expect(orderQuotes(["10-12:b", "9-12:a", "10-12:a", "10-11:c", "9-12:a"])).toEqual([
    ...["9-12:a", "10-11:c", "10-12:a", "10-12:b"],
  ]);
  const onMessages = ["message-10:1-2:a", "message-9:8-9:a", "message-9:3-4:a", "prompt:7-8:a"];
  expect(orderQuotes(["0-1:a", ...onMessages])).toEqual([...onMessages.toReversed(), "0-1:a"]);
});

test("quotes stay while other spans come, go and move", () => {
  const before = [first, second, third];
  expect(followQuotes(quotes, before, before)).toEqual(quotes);
  expect(followQuotes(quotes, before, [...before, span(30, 31)])).toEqual(quotes);
  expect(followQuotes(quotes, before, [first, third])).toEqual(quotes);
  expect(followQuotes(quotes, before, [first, span(6, 11), third])).toEqual(quotes);
});

test("a quote follows its span to another place or category, wherever that stands in the text", () => {
  const before = [first, second, third];
  expect(followQuotes(quotes, before, [span(0, 9), second, third])).toEqual(["0-9:wrong", "12-20:vague"]);
  expect(followQuotes(quotes, before, [span(0, 4, "vague"), second, third])).toEqual(["0-4:vague", "12-20:vague"]);
  expect(followQuotes(quotes, before, [second, third, span(25, 26)])).toEqual(["12-20:vague", "25-26:wrong"]);
});

test("a quote goes with its span, also where that became one with another or where all are others", () => {
  expect(followQuotes(quotes, [first, second, third], [second, third])).toEqual(["12-20:vague"]);
  expect(followQuotes(["6-9:wrong"], [first, second], [first])).toEqual([]);
  expect(followQuotes(quotes, [first, third], [span(1, 2), span(2, 3)])).toEqual([]);
  expect(followQuotes(quotes, [first, third], [])).toEqual([]);
});

test("a quote of what never was marked goes", () => {
  expect(followQuotes(["1-2:wrong", ...quotes], [first, third], [first, third])).toEqual(quotes);
});

test("a quote follows its span into the smallest whole around it, of its category and on its text", () => {
  const before = [first, second, third];
  const grown = [span(0, 20), span(0, 10), span(10, 20, "vague"), { ...span(0, 5), on: "prompt" as const }];
  expect(followGrown([...quotes, spanId(second)], before, grown)).toEqual(["0-10:wrong", "10-20:vague"]);
  expect(followGrown(quotes, before, before)).toEqual(quotes);
  expect(followGrown([spanId(first), "1-2:wrong"], before, [span(0, 20, "vague"), span(1, 20)])).toEqual([]);
});
