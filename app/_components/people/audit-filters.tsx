"use client";

import Form from "next/form";
import { useTranslations } from "next-intl";

import type { AuditAction } from "@/lib/auth/schema";
import { Field } from "../ui/field";
import { NativeSelect } from "../ui/select";

type AuditFiltersProps = {
  /** The path of the page; the choices go into its query. */
  path: string;
  actions: readonly AuditAction[];
  action?: string;
  /** Slugs and names; left out on the page of one project. */
  projects?: { slug: string; name: string }[];
  project?: string;
};

/** Narrows the list of events; a choice takes effect at once. */
export function AuditFilters({ path, actions, action = "", projects, project = "" }: AuditFiltersProps) {
  const t = useTranslations("people.audit");
  return (
    <Form
      action={path}
      // The selects keep what they were set to; another address starts them anew.
      key={`${action} ${project}`}
      className="flex flex-wrap gap-3"
      onChange={(event) => event.currentTarget.requestSubmit()}
    >
      {projects ? (
        <Field label={t("project")} className="w-56">
          <NativeSelect name="project" defaultValue={project}>
            <option value="">{t("all")}</option>
            {projects.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
      ) : null}
      <Field label={t("action")} className="w-56">
        <NativeSelect name="action" defaultValue={action}>
          <option value="">{t("all")}</option>
          {actions.map((each) => (
            <option key={each} value={each}>
              {t(`actions.${each}`)}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </Form>
  );
}
