import { useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/app/_components/ui/badge";
import { Table, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { InstanceListItem } from "@/lib/instances/schema";
import { sources } from "../../_components/label-words";
import { FlaggedBadge, RouteBadge, StatusBadge } from "./instance-badges";
import { KeyboardRows } from "./keyboard-rows";
import type { Column, View } from "./view";

type InstanceTableProps = { slug: string; items: InstanceListItem[]; view: View };

/** The instances of a page, one a row. */
export function InstanceTable({ slug, items, view }: InstanceTableProps) {
  const t = useTranslations("instances");
  return (
    <Table label={t("list.instances")} density={view.density}>
      <THead>
        <TR>
          <TH>{t("list.instance")}</TH>
          {view.columns.map((column) => (
            <TH key={column}>{t(`columns.${column}`)}</TH>
          ))}
        </TR>
      </THead>
      <KeyboardRows>
        {items.map((item) => (
          <TR key={item.id} className="relative">
            <TD className="max-w-56 min-w-28">
              <Link
                href={`/projects/${slug}/instances/${item.id}`}
                data-row-link
                title={item.outsideId}
                className="block truncate font-mono text-xs after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
              >
                {item.outsideId}
              </Link>
            </TD>
            {view.columns.map((column) => (
              <TD key={column}>
                <Cell column={column} item={item} />
              </TD>
            ))}
          </TR>
        ))}
      </KeyboardRows>
    </Table>
  );
}

function Cell({ column, item }: { column: Column; item: InstanceListItem }) {
  const t = useTranslations("instances");
  switch (column) {
    case "prompt":
      return (
        <span
          dir="auto"
          className="line-clamp-2 max-w-[60ch] min-w-52 [overflow-wrap:anywhere] group-data-[density=compact]/table:line-clamp-1"
        >
          {item.images > 0 ? (
            <span className="text-muted-foreground">{t("list.images", { count: item.images })} · </span>
          ) : null}
          {item.promptStart || <span className="text-muted-foreground">{t("list.emptyPrompt")}</span>}
        </span>
      );
    case "models":
      return (
        <span className="block max-w-52 truncate text-muted-foreground" title={item.models.join(", ")}>
          {item.models.length > 0 ? item.models.join(", ") : t("list.completions", { count: item.completions })}
        </span>
      );
    case "status":
      return (
        <span className="flex flex-wrap gap-1">
          <StatusBadge status={item.status} />
          {item.isFlagged ? <FlaggedBadge /> : null}
        </span>
      );
    case "labels":
      return <LabelCounts labels={item.labels} />;
    case "consensus":
      return <ConsensusWords consensus={item.consensus} />;
    case "route":
      return <RouteBadge route={item.route} />;
    case "split":
      return <span className="text-muted-foreground">{t(`splits.${item.split}`)}</span>;
    case "added":
      return <RelativeTime value={item.createdAt} className="text-muted-foreground" />;
  }
}

function LabelCounts({ labels }: { labels: InstanceListItem["labels"] }) {
  const t = useTranslations("instances.list");
  const sourceNames = useTranslations("projects.sources");
  const { number } = useNumbers();
  const counted = sources.filter(({ source }) => labels[source]);
  if (counted.length === 0) return <span className="text-muted-foreground">{t("nothing")}</span>;
  return (
    <span className="flex gap-1">
      {counted.map(({ source, badge }) => (
        <Badge key={source} variant={badge} title={sourceNames(source)}>
          {number(labels[source] ?? 0)}
          <span className="sr-only"> {t("from", { source: sourceNames(source) })}</span>
        </Badge>
      ))}
    </span>
  );
}

function ConsensusWords({ consensus }: { consensus: InstanceListItem["consensus"] }) {
  const t = useTranslations("instances.list");
  const { percent } = useNumbers();
  if (!consensus) return <span className="text-muted-foreground">{t("nothing")}</span>;
  const { preferred, isDraw, confidence, labelCount } = consensus;
  const outcome = isDraw ? "draw" : preferred === "tie" ? "tie" : preferred === 0 ? "first" : "second";
  return (
    <span className="whitespace-nowrap tabular-nums">
      {t(`outcomes.${outcome}`)}
      {labelCount > 1 && !isDraw ? (
        <span className="text-muted-foreground"> {percent(confidence, undefined, 0)}</span>
      ) : null}
    </span>
  );
}
