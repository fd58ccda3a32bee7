import { expect, test } from "vitest";
import { conversationalRow, labelRow, standardRow } from "./exporter-v1";
import { preferencesOf, type Preference } from "./preferences";
import type { SnapshotInstance, SnapshotLabel } from "./snapshot-reader";

// These bytes are a promise: files of version 1 may never change. A test that fails here asks for exporter-v2.ts.

const file = { snapshotId: "01900000-0000-7000-8000-00000000000a", aspect: "overall" };

const label: SnapshotLabel = {
  id: "01900000-0000-7000-8000-000000000001",
  instanceId: "01900000-0000-7000-8000-0000000000ff",
  submissionId: "01900000-0000-7000-8000-000000000011",
  question: "comparison",
  type: "comparison",
  aspect: "overall",
  target: "0-1",
  source: "human",
  annotator: "import:ann 1",
  sample: 0,
  revision: 2,
  payload: { preferred: 1, pair: [0, 1], bothBad: false, scale: 5, strength: 1 },
  rationale: 'Say "why":\nshort',
  isUnsure: false,
  suggestion: null,
  shownOrder: [1, 0],
  schemaVersion: 1,
  guidelinesVersion: null,
  activeMs: 5210,
  meta: '{"big": 12345678901234567890}',
  createdAt: new Date("2026-02-03T04:05:06.789Z"),
};
const second: SnapshotLabel = {
  ...label,
  id: "01900000-0000-7000-8000-000000000002",
  source: "lm",
  annotator: "import:judge",
  payload: { ...(label.payload as object), strength: 2 },
};

const instance: SnapshotInstance = {
  id: label.instanceId,
  outsideId: "q/1",
  prompt: "Grüße 👋\u2028?",
  messages: null,
  context: null,
  split: "train",
  images: [],
  completions: [
    { index: 0, outsideId: "a", model: "m0", text: "first", images: [] },
    { index: 1, outsideId: "b", model: null, text: "", images: [] },
  ],
  labels: [label, second],
};
const chat = {
  ...instance,
  prompt: null,
  context: "notes",
  messages: [
    { role: "system", content: "Be kind." },
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello" },
    { role: "user", content: "?" },
  ],
};

function only(of: SnapshotInstance): Preference {
  const [outcome] = preferencesOf(of, { rows: "consensus", aspect: "overall", lmWeight: undefined });
  if (outcome?.kind !== "preference") throw new Error("There is no preference.");
  return outcome.preference;
}

const provenance =
  '"instance_id":"q/1","snapshot_id":"01900000-0000-7000-8000-00000000000a","question":"comparison","aspect":"overall","pair":[0,1],' +
  '"chosen_id":"b","rejected_id":"a","chosen_model":"","rejected_model":"m0","source":"human+lm","annotators":["import:ann 1","import:judge"],' +
  '"label_ids":["01900000-0000-7000-8000-000000000001","01900000-0000-7000-8000-000000000002"],"label_count":2,"confidence":1.0,"strength":0.75,' +
  '"split":"train",';

test("a standard row is these bytes", () => {
  expect(standardRow(file, instance, only(instance))).toBe(
    `{"prompt":"Grüße 👋\u2028?","chosen":"","rejected":"first",${provenance}"context":""}\n`,
  );
});

test("a standard row of a chat flattens it as HH data does", () => {
  expect(standardRow(file, chat, only(chat))).toBe(
    '{"prompt":"\\n\\nSystem: Be kind.\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: ?\\n\\nAssistant:","chosen":"","rejected":"first",' +
      `${provenance}"context":"notes"}\n`,
  );
});

test("a conversational row makes one user message of a prompt and keeps a chat", () => {
  const answers = '"chosen":[{"role":"assistant","content":""}],"rejected":[{"role":"assistant","content":"first"}]';
  expect(conversationalRow(file, instance, only(instance))).toBe(
    `{"prompt":[{"role":"user","content":"Grüße 👋\u2028?"}],${answers},${provenance}"context":""}\n`,
  );
  expect(conversationalRow(file, chat, only(chat))).toBe(
    '{"prompt":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":"?"}],' +
      `${answers},${provenance}"context":"notes"}\n`,
  );
});

test("what an AI suggested stands in the meta of a label, beside that its person was unsure", () => {
  const suggestion = { label: second.id, source: "lm", mode: "shown", taken: false };
  const row = labelRow(file, instance, { ...label, isUnsure: true, suggestion });
  const { meta, ...columns } = JSON.parse(row) as Record<string, string>;
  expect(JSON.parse(meta!)).toEqual({ is_unsure: true, suggestion });
  expect(Object.keys(columns)).toEqual(
    Object.keys(JSON.parse(labelRow(file, instance, label)) as object).filter((name) => name !== "meta"),
  );
});

test("a label row is these bytes", () => {
  expect(labelRow(file, instance, label)).toBe(
    '{"instance_id":"q/1","snapshot_id":"01900000-0000-7000-8000-00000000000a","label_id":"01900000-0000-7000-8000-000000000001",' +
      '"submission_id":"01900000-0000-7000-8000-000000000011","question":"comparison","type":"comparison","aspect":"overall","target":"0-1",' +
      '"source":"human","annotator":"import:ann 1","sample":0,"revision":2,' +
      '"payload":"{\\"bothBad\\":false,\\"pair\\":[0,1],\\"preferred\\":1,\\"scale\\":5,\\"strength\\":1}","rationale":"Say \\"why\\":\\nshort",' +
      '"completion_ids":["a","b"],"shown_order":"1-0","schema_version":1,"guidelines_version":-1,"active_ms":5210,"split":"train",' +
      '"meta":"{\\"big\\": 12345678901234567890}","created_at":"2026-02-03T04:05:06.789Z"}\n',
  );
});

test("a label that its person was not sure of says so in its meta, where all others keep their bytes and columns", () => {
  const human = { ...label, meta: null };
  const [sure, unsure] = [human, { ...human, isUnsure: true }].map((one) => labelRow(file, instance, one));
  expect(sure).toContain(',"meta":"",');
  expect(unsure).toBe(sure!.replace(',"meta":"",', ',"meta":"{\\"is_unsure\\":true}",'));
});
