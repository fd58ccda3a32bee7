/** What a question is called: some have a name, the others those of their aspects. */
export function nameOfQuestion(question: { name: string } | { aspects: readonly { name: string }[] }): string {
  return "name" in question ? question.name : question.aspects.map(({ name }) => name).join(", ");
}
