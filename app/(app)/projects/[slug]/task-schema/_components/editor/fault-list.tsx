"use client";

import { useTranslations } from "next-intl";
import { ApiError, type ApiFault } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { wordPath } from "./word-path";

/** What the API says against a draft, with paths inside of the task schema. */
export function faultsOf(error: Error | null): ApiFault[] {
  if (!(error instanceof ApiError)) return [];
  return error.faults.map(({ path, message }) => ({ path: path.replace(/^taskSchema\.?/, ""), message }));
}

/** All that is wrong, each a way to its field; the words of the error where it is about no field. */
export function FaultList({ error }: { error: Error | null }) {
  const t = useTranslations("taskSchema.faults");
  if (!error) return null;
  const faults = faultsOf(error);
  if (faults.length === 0) return <Alert tone="danger">{error.message}</Alert>;
  return (
    <Alert tone="danger" title={t("count", { count: faults.length })}>
      <ul className="mt-1 grid gap-0.5">
        {faults.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <button type="button" className="text-start underline underline-offset-2" onClick={() => goTo(path)}>
              {path === "" ? message : t("at", { path: wordPath(path, t), message })}
            </button>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** To the field, or to what stands around one that is not shown. */
function goTo(path: string): void {
  const steps = path.split(".");
  for (let length = steps.length; length > 0; length -= 1) {
    const field = document.querySelector<HTMLElement>(`[data-path="${steps.slice(0, length).join(".")}"]`);
    if (!field) continue;
    field.focus();
    return field.scrollIntoView({ block: "center" });
  }
}
