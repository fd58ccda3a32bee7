import { useTranslations } from "next-intl";

/** The roles of a project, as options of a select. */
export function RoleOptions() {
  const t = useTranslations("people.roles");
  return (
    <>
      <option value="annotator">{t("annotator")}</option>
      <option value="researcher">{t("researcher")}</option>
      <option value="admin">{t("admin")}</option>
    </>
  );
}
