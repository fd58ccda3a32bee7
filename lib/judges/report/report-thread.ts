import { parentPort } from "node:worker_threads";
import { openCollection } from "./collect";
import type { LoadedPage } from "./load";
import { measureAnnotator, type Measured } from "./measure-annotator";

/** What the thread is asked: to take a page, to say who answered, to measure one of them. */
export type ThreadRequest =
  { kind: "add"; page: LoadedPage } | { kind: "annotators" } | { kind: "measure"; annotator: string; own: string };

/** What it answers to each. */
export type ThreadReply = { add: null; annotators: string[]; measure: Measured };

const { answers, add } = openCollection();

parentPort!.on("message", (request: ThreadRequest) => parentPort!.postMessage(answer(request)));

function answer(request: ThreadRequest): ThreadReply[ThreadRequest["kind"]] {
  switch (request.kind) {
    case "add":
      add(request.page);
      return null;
    case "annotators":
      return [...answers.keys()].sort();
    case "measure":
      return measureAnnotator(answers, request);
  }
}
