import Link from "next/link";
import { Badge } from "@/app/_components/ui/badge";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InstanceListItem } from "@/lib/instances/schema";
import { sources } from "../../_components/label-words";
import { FlaggedBadge, RouteBadge, StatusBadge } from "./instance-badges";
import { KeyboardRows } from "./keyboard-rows";
import { columns, type Column, type View } from "./view";

type InstanceTableProps = { slug: string; items: InstanceListItem[]; view: View };

/** The instances of a page, one a row. */
export function InstanceTable({ slug, items, view }: InstanceTableProps) {
  return (
    <Table label="Instances" density={view.density}>
      <THead>
        <TR>
          <TH>Instance</TH>
          {view.columns.map((column) => (
            <TH key={column}>{columns[column]}</TH>
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
  switch (column) {
    case "prompt":
      return (
        <span
          dir="auto"
          className="line-clamp-2 max-w-[60ch] min-w-52 [overflow-wrap:anywhere] group-data-[density=compact]/table:line-clamp-1"
        >
          {item.images > 0 ? (
            <span className="text-muted-foreground">
              {formatNumber(item.images)} {item.images === 1 ? "image" : "images"} ·{" "}
            </span>
          ) : null}
          {item.promptStart || <span className="text-muted-foreground">empty prompt</span>}
        </span>
      );
    case "models":
      return (
        <span className="block max-w-52 truncate text-muted-foreground" title={item.models.join(", ")}>
          {item.models.length > 0 ? item.models.join(", ") : `${formatNumber(item.completions)} completions`}
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
      return <span className="text-muted-foreground">{item.split}</span>;
    case "added":
      return <RelativeTime value={item.createdAt} className="text-muted-foreground" />;
  }
}

function LabelCounts({ labels }: { labels: InstanceListItem["labels"] }) {
  const counted = sources.filter(({ source }) => labels[source]);
  if (counted.length === 0) return <span className="text-muted-foreground">none</span>;
  return (
    <span className="flex gap-1">
      {counted.map(({ source, label, badge }) => (
        <Badge key={source} variant={badge} title={label}>
          {formatNumber(labels[source] ?? 0)}
          <span className="sr-only"> from {label}</span>
        </Badge>
      ))}
    </span>
  );
}

function ConsensusWords({ consensus }: { consensus: InstanceListItem["consensus"] }) {
  if (!consensus) return <span className="text-muted-foreground">none</span>;
  const { preferred, isDraw, confidence, labelCount } = consensus;
  const words = isDraw ? "Draw" : preferred === "tie" ? "Tie" : preferred === 0 ? "First" : "Second";
  return (
    <span className="whitespace-nowrap tabular-nums">
      {words}
      {labelCount > 1 && !isDraw ? (
        <span className="text-muted-foreground"> {formatPercent(confidence, undefined, 0)}</span>
      ) : null}
    </span>
  );
}
