import { formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { HeadScores } from "@/lib/reward/heads/schema";

type Row = { name: string; hint: string; values: string[] };

/** What each head says of some completions, a column for each; nothing where the version has no heads. */
export function HeadValues({ heads, names }: { heads: readonly HeadScores[]; names: readonly string[] }) {
  const rows = rowsOf(heads);
  if (rows.length === 0) return null;
  return (
    <Table label="What each head says" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Head</TH>
          {names.map((name) => (
            <TH key={name} numeric>
              {name}
            </TH>
          ))}
        </TR>
      </THead>
      <TBody>
        {rows.map(({ name, hint, values }) => (
          <TR key={`${hint} ${name}`}>
            <TD>
              <div className="[overflow-wrap:anywhere]">{name}</div>
              <div className="text-[0.8125rem] text-muted-foreground">{hint}</div>
            </TD>
            {values.map((value, i) => (
              <TD key={i} numeric>
                {value}
              </TD>
            ))}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function rowsOf(heads: readonly HeadScores[]): Row[] {
  const [first] = heads;
  if (!first) return [];
  return [
    ...(first.gated
      ? [
          {
            ...{ name: "Gated reward", hint: "Aspects weighed by the prompt" },
            values: heads.map(({ gated }) => gated!.reward.toFixed(3)),
          },
        ]
      : []),
    ...first.aspects.map(({ aspect }, place) => ({
      ...{ name: aspect, hint: "Reward on this aspect, of the text alone" },
      values: heads.map(({ aspects }) => aspects[place]!.reward.toFixed(3)),
    })),
    ...first.ratings.map(({ question, aspect }, place) => ({
      ...{ name: `${question}, ${aspect}`, hint: "Expected rating" },
      values: heads.map(({ ratings }) => ratings[place]!.expected.toFixed(2)),
    })),
    ...first.binary.map(({ question }, place) => ({
      ...{ name: question, hint: "Probability of yes" },
      values: heads.map(({ binary }) => formatPercent(binary[place]!.probability)),
    })),
  ];
}
