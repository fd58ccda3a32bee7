/** What people and AI say of one thing, as numbers that are equal where the answers are. */
export type Answers = { people: readonly number[]; ai: number };

/** How often labels of an instance are right, 0 to 1. */
export type Agreement = {
  /** A person's; null where only one person has labelled it. */
  people: number | null;
  ai: number;
};

/**
 * How often one person, and AI, says what the other people say, each person being left out once: both are held against the
 * same, which has no part in either. Where the others are split, each of their leading answers counts its part, so that no
 * instance is left out for being hard. With a single person AI is held against them. The mean over what is asked about the
 * instance; where some of it has two people or more, over that.
 */
export function agreementOf(asked: readonly Answers[]): Agreement | null {
  const judged = asked.filter(({ people }) => people.length > 1);
  if (judged.length === 0) {
    const single = asked.filter(({ people }) => people.length === 1);
    const ai = meanOf(single.map(({ people, ai }) => Number(people[0] === ai)));
    return ai === null ? null : { people: null, ai };
  }
  const turns = judged.map(({ people, ai }) =>
    people.map((own, i) => {
      const leading = leadingOf(people.toSpliced(i, 1));
      return { people: creditOf(own, leading), ai: creditOf(ai, leading) };
    }),
  );
  return {
    people: meanOf(turns.map((each) => meanOf(each.map(({ people }) => people))!)),
    ai: meanOf(turns.map((each) => meanOf(each.map(({ ai }) => ai))!))!,
  };
}

function leadingOf(answers: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].flatMap(([answer, count]) => (count === most ? answer : []));
}

function creditOf(answer: number, leading: readonly number[]): number {
  return leading.includes(answer) ? 1 / leading.length : 0;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
