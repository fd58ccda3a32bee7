"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/app/_components/ui/button";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ImportFault, ImportResult } from "@/lib/datasets/schema";

/** The lines that did not go in, and why. */
export function Faults({ faults, name }: { faults: ImportResult["faults"]; name: string | null }) {
  const t = useTranslations("datasets.import.leftOut");
  const { total, first } = faults;
  if (total === 0) return null;
  const base = `${name ?? "import"}-faults`;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="me-auto font-medium">
          {total > first.length ? t("first", { shown: first.length, total }) : t("all", { count: total })}
        </h3>
        <Button size="sm" onClick={() => save(`${base}.csv`, "text/csv", toCsv(first))}>
          <Download aria-hidden />
          CSV
        </Button>
        <Button size="sm" onClick={() => save(`${base}.jsonl`, "application/x-ndjson", toLines(first))}>
          <Download aria-hidden />
          {t("lines")}
        </Button>
      </div>
      <Table label={t("title")} density="compact">
        <THead>
          <TR>
            <TH numeric>{t("line")}</TH>
            <TH>{t("field")}</TH>
            <TH>{t("wrong")}</TH>
          </TR>
        </THead>
        <TBody>
          {first.map(({ line, field, message }, index) => (
            <TR key={index}>
              <TD numeric>{line}</TD>
              <TD className="font-mono text-xs [overflow-wrap:anywhere]">
                {field === "" ? <span className="font-sans text-muted-foreground">{t("wholeLine")}</span> : field}
              </TD>
              <TD dir="auto" className="min-w-64 [overflow-wrap:anywhere]">
                {message}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}

function toCsv(faults: ImportFault[]): string {
  const quote = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
  const rows = faults.map(({ line, field, code, message }) => [line, field, code, message].map(quote).join(","));
  return `${["line,field,code,message", ...rows].join("\r\n")}\r\n`;
}

function toLines(faults: ImportFault[]): string {
  return faults.map((fault) => `${JSON.stringify(fault)}\n`).join("");
}

function save(filename: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
  // Not at once: some browsers begin to read the address only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
