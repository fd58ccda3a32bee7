import { wordType } from "@/lib/labels/word-type";
import { say } from "@/lib/say";
import type { Condition, Question, Reveal, TaskSchema } from "./schema";

type SchemaFault = { path: (string | number)[]; message: string };

/** What of a task schema, each of whose parts is right by itself, does not fit together. */
export function schemaFaults(schema: TaskSchema): SchemaFault[] {
  return [
    ...schema.questions.flatMap((one, index) => {
      const quotes = quotesFault(schema, one);
      const at = ["questions", index];
      return [
        ...(quotes === null ? [] : [{ path: [...at, "quotes"], message: quotes }]),
        ...conditionFaults(schema, index).map(({ field, message }) => ({ path: [...at, "when", field], message })),
      ];
    }),
    ...(schema.reveal ?? []).flatMap((one, index) =>
      revealFaults(schema, one, index).map(({ field, message }) => ({ path: ["reveal", index, field], message })),
    ),
  ];
}

type ConditionFault = { field: keyof Condition; message: string };

/** What keeps a question from being asked under its condition. */
function conditionFaults({ questions }: TaskSchema, index: number): ConditionFault[] {
  const { when } = questions[index]!;
  if (when === undefined) return [];
  const at = questions.findIndex(({ id }) => id === when.question);
  const source = questions[at];
  if (!source) return [{ field: "question", message: say`is ${when.question}, but no question has this id` }];
  if (at >= index)
    return [{ field: "question", message: say`is ${when.question}, which is not asked before; put it in front` }];
  const offered = answersOf(source);
  if (offered === null)
    return [
      {
        field: "question",
        message: say`is ${when.question}; name one of yes or no, or a rating of points or categories`,
      },
    ];
  const aspects = "aspects" in source ? source.aspects.map(({ id }) => id) : [];
  const strange = when.is.filter((value) => !offered.includes(value));
  return [
    ...(when.aspect !== undefined && !aspects.includes(when.aspect)
      ? [{ field: "aspect" as const, message: say`is ${when.aspect}, which ${when.question} does not ask about` }]
      : []),
    ...(strange.length > 0
      ? [{ field: "is" as const, message: say`has ${strange.join(", ")}, which ${when.question} does not offer` }]
      : []),
  ];
}

/** The answers to a question that a condition can name; null where there are none to list. */
function answersOf(question: Question): (boolean | number | string)[] | null {
  if (question.type === "binary") return [true, false];
  if (question.type !== "rating" || question.scale.kind === "range") return null;
  const { scale } = question;
  if (scale.kind === "categories") return scale.categories.map(({ value }) => value);
  return Array.from({ length: scale.points }, (_, point) => point + 1);
}

/** What keeps a critique from quoting spans like this; null when nothing does. */
function quotesFault({ questions }: TaskSchema, one: Question): string | null {
  if (one.type !== "critique" || one.quotes === undefined) return null;
  const quoted = questions.find(({ id }) => id === one.quotes);
  if (!quoted) return say`is ${one.quotes}, but no question has this id`;
  if (quoted.type !== "spans")
    return say`is ${one.quotes}, a question of type ${wordType(quoted.type)}; name one of type ${wordType("spans")}`;
  return quoted.when ? say`is ${one.quotes}, which is not always asked; quote spans of one that is` : null;
}

type RevealFault = { field: keyof Reveal; message: string };

/** What keeps a text from being revealed like this. */
function revealFaults({ questions, shows, reveal }: TaskSchema, { show, after }: Reveal, index: number): RevealFault[] {
  const faults: RevealFault[] = [];
  if (reveal!.findIndex((other) => other.show === show) < index)
    faults.push({ field: "show", message: say`is the ${nameOf(show)} for the second time; a text is revealed once` });
  if (show === "reference" && !shows?.reference)
    faults.push({ field: "show", message: say`is the reference, which is not shown; set shows.reference` });
  const at = questions.findIndex((one) => one.id === after);
  const opener = questions[at];
  if (!opener) return [...faults, { field: "after", message: say`is ${after}, but no question has this id` }];
  if (opener.when)
    faults.push({ field: "after", message: say`is ${after}, which is not always asked; reveal it after one that is` });
  if (opener.type === "critique" && !opener.isRequired)
    faults.push({ field: "after", message: say`is ${after}, which may be left blank; set its isRequired` });
  if (opener.type === "critique" && opener.quotes !== undefined)
    faults.push({
      field: "after",
      message: say`is ${after}, whose answer is final while the spans that it quotes are not; leave out its quotes`,
    });
  const early = show === "prompt" && questions.slice(0, at + 1).find((one) => one.type === "spans" && one.onPrompt);
  if (early)
    faults.push({
      field: "after",
      message: say`is ${after}, but ${early.id} is about the prompt before it is revealed; put it behind, or set onPrompt to false`,
    });
  return faults;
}

function nameOf(text: Reveal["show"]): string {
  return { prompt: say`prompt`, context: say`context`, reference: say`reference` }[text];
}
