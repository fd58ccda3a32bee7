import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import { learnDimension, nameBy } from "./learn-dimension";

const topics: Record<string, readonly string[]> = {
  Law: ["court", "statute", "judge", "lawsuit", "appeal"],
  Chemistry: ["acid", "molecule", "reaction", "solvent", "oxide"],
  History: ["empire", "treaty", "medieval", "dynasty", "revolution"],
};

/** Prompts about a topic each, in turn. */
function aboutTopics(count: number): { text: string; topic: string }[] {
  const names = Object.keys(topics);
  return Array.from({ length: count }, (_, i) => {
    const topic = names[i % 3]!;
    const words = topics[topic]!;
    return { topic, text: `Explain the ${words[(i * 7) % 5]!} and the ${words[(i * 3 + 1) % 5]!} in ${i} words` };
  });
}

const vectorsOf = (texts: readonly string[]) => texts.map((text) => encodeHashed(text));

test("what the words of prompts tell is learned, and named for other prompts", () => {
  const prompts = aboutTopics(90);
  const { figures, model } = learnDimension({
    ...{ dimension: "subject_of_expertise", width: 1024, rows: vectorsOf(prompts.map(({ text }) => text)) },
    said: prompts.map(({ topic }) => topic),
  });
  expect(figures).toMatchObject({ dimension: "subject_of_expertise", prompts: 90, values: 3, isWritten: true });
  expect(figures.majority).toBeCloseTo(1 / 3);
  expect(figures.accuracy!.value).toBeGreaterThan(0.9);
  const [low, high] = figures.accuracy!.interval!;
  expect(low).toBeLessThan(figures.accuracy!.value);
  expect(high).toBeLessThanOrEqual(1);
  expect(nameBy(model!, vectorsOf(["Which solvent would a molecule need?"])[0]!)).toBe("Chemistry");
});

test("tags that the prompts do not tell are named no better than by the commonest, and make no model", () => {
  const prompts = aboutTopics(90);
  const said = prompts.map((_, i) => ((i * 37) % 11 < 8 ? "simple" : "complex"));
  const rows = vectorsOf(prompts.map(({ text }) => text));
  const { figures, model } = learnDimension({ dimension: "complexity_of_intents", width: 1024, rows, said });
  expect(figures.isWritten).toBe(false);
  expect(model).toBeNull();
  expect(figures.majority).toBeGreaterThan(0.7);
});

test("rare values are never named and count as missed; with one common value there is nothing to tell", () => {
  const prompts = aboutTopics(60);
  const rows = vectorsOf(prompts.map(({ text }) => text));
  const said = prompts.map(({ topic }, i) => (i < 4 ? "Physics" : topic));
  const { figures } = learnDimension({ dimension: "d", width: 1024, rows, said });
  expect(figures.values).toBe(3);
  expect(figures.accuracy!.value).toBeLessThanOrEqual(56 / 60);
  const alike = learnDimension({ dimension: "d", width: 1024, rows, said: prompts.map(() => "safe") });
  expect(alike).toEqual({
    figures: { dimension: "d", prompts: 60, values: 1, accuracy: null, majority: 1, isWritten: false },
    model: null,
  });
});

test("few prompts make no model, however well they are told apart", () => {
  const prompts = aboutTopics(45);
  const rows = vectorsOf(prompts.map(({ text }) => text));
  const { figures, model } = learnDimension({
    dimension: "d",
    width: 1024,
    rows,
    said: prompts.map(({ topic }) => topic),
  });
  expect(figures.accuracy!.value).toBeGreaterThan(0.8);
  expect(model).toBeNull();
  expect(learnDimension({ dimension: "d", width: 1024, rows: [], said: [] }).figures).toMatchObject({
    prompts: 0,
    majority: 0,
  });
});
