import type { Question, QuestionOf } from "@/lib/projects/schema";
import { bindingsOf } from "../label/_components/bindings";
import { colourOf, withKeys, type SpanCategory } from "../label/_components/questions/span-categories";

type Categories = QuestionOf<"spans">["categories"];

/** Where nobody marks, letters are those of the standard keys. */
const standard = bindingsOf({});

/** As many as have a letter of their own. */
const mostLetters = 26;

/**
 * Categories as the labelling page shows them: with the letters and colours that their question gives them. What was found
 * besides, as labels may be imported or older than the question, comes behind with what is free.
 */
export function categoryLooks(asked: Categories, found: readonly string[] = []): SpanCategory[] {
  const others = [...new Set(found)].filter((id) => asked.every((one) => one.id !== id));
  return looksOf([...asked, ...others.map((id) => ({ id, name: id, definition: "" }))]);
}

/**
 * The same of what a reward model learned, by its heads: categories, with the question before them where two questions have
 * one of that id. Of two with one letter the second gets another.
 */
export function headLooks(heads: readonly string[], questions: readonly Question[]): SpanCategory[] {
  const known = questions.flatMap(({ id, ...question }) => {
    if (question.type !== "spans") return [];
    return categoryLooks(question.categories).map((look, index) => ({
      heads: [look.id, `${id}: ${look.id}`],
      letter: look.key,
      colour: colourOf(question.categories[index]!, index),
    }));
  });
  const letters = new Set<string>();
  return looksOf(
    heads.map((head) => {
      const look = known.find((one) => one.heads.includes(head));
      const part = { id: head, name: head, definition: "" };
      if (!look) return part;
      const isTaken = letters.has(look.letter);
      letters.add(look.letter);
      return { ...part, colour: look.colour, ...(!isTaken && { letter: look.letter }) };
    }),
  );
}

function looksOf(categories: Categories): SpanCategory[] {
  const looks = withKeys(categories.slice(0, mostLetters), standard);
  const rest = categories.slice(mostLetters).map(({ id, name }, index) => ({
    ...{ ...looks[index % mostLetters]!, id, name, isDashed: true },
  }));
  return [...looks, ...rest];
}
