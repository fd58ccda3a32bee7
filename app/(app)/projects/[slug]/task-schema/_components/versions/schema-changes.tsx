import { useTranslations } from "next-intl";
import { WordDiff } from "../../../_components/word-diff";
import { Badge } from "@/app/_components/ui/badge";
import type { ChangeGroup } from "./schema-diff";

const variants = { added: "emerald", removed: "rose", changed: "indigo" } as const;

/** In what two versions differ, question by question. */
export function SchemaChanges({ groups }: { groups: ChangeGroup[] }) {
  const t = useTranslations("taskSchema.versions");
  if (groups.length === 0) return <p className="text-muted-foreground">{t("same")}</p>;
  return (
    <ul aria-label={t("list")} className="grid min-w-0 grid-cols-1 gap-3">
      {groups.map(({ title, kind, changes }) => (
        <li key={`${kind} ${title}`} className="min-w-0 rounded-lg border bg-card px-4 py-3">
          <h3 className="flex flex-wrap items-center gap-2 font-medium [overflow-wrap:anywhere]">
            {title} <Badge variant={variants[kind]}>{t(kind)}</Badge>
          </h3>
          <dl className="mt-2 grid grid-cols-1 gap-x-4 gap-y-1.5 sm:grid-cols-[12rem_minmax(0,1fr)]">
            {changes.map(({ what, before, after }) => (
              <div key={what} className="contents">
                <dt className="text-[0.8125rem] text-muted-foreground [overflow-wrap:anywhere]">{what}</dt>
                <dd className="min-w-0">
                  <WordDiff before={before ?? ""} after={after ?? ""} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
