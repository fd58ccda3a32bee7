import { useTranslations } from "next-intl";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { HeadScores } from "@/lib/reward/heads/schema";

type Row = { name: string; hint: string; values: string[] };

/** What each head says of some completions, a column for each; nothing where the version has no heads. */
export function HeadValues({ heads, names }: { heads: readonly HeadScores[]; names: readonly string[] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const rows = rowsOf(heads, numbers, t);
  if (rows.length === 0) return null;
  return (
    <Table label={t("heads.said")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("heads.head")}</TH>
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

function rowsOf(heads: readonly HeadScores[], numbers: Numbers, t: Translate<"rewardModels">): Row[] {
  const [first] = heads;
  if (!first) return [];
  return [
    ...(first.gated
      ? [
          {
            ...{ name: t("heads.gated"), hint: t("heads.gatedHint") },
            values: heads.map(({ gated }) => numbers.fixed(gated!.reward, 3)),
          },
        ]
      : []),
    ...first.aspects.map(({ aspect }, place) => ({
      ...{ name: aspect, hint: t("heads.aspectReward") },
      values: heads.map(({ aspects }) => numbers.fixed(aspects[place]!.reward, 3)),
    })),
    ...first.ratings.map(({ question, aspect }, place) => ({
      ...{ name: t("heads.ofAspect", { question, aspect }), hint: t("heads.expectedRating") },
      values: heads.map(({ ratings }) => numbers.fixed(ratings[place]!.expected, 2)),
    })),
    ...first.binary.map(({ question }, place) => ({
      ...{ name: question, hint: t("heads.probabilityOfYes") },
      values: heads.map(({ binary }) => numbers.percent(binary[place]!.probability)),
    })),
  ];
}
