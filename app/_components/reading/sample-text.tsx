import { useTranslations } from "next-intl";

/** A few lines as texts to be judged are set. */
export function SampleText() {
  const t = useTranslations("reading");
  return (
    <figure className="rounded-lg border bg-card p-4">
      <figcaption className="mb-2 text-[0.8125rem] text-muted-foreground">{t("sampleTitle")}</figcaption>
      <div className="prose-reading">
        <p>{t("sample")}</p>
        <p>
          {t.rich("sampleMarked", {
            b: (chunks) => <strong>{chunks}</strong>,
            code: (chunks) => <code>{chunks}</code>,
          })}
        </p>
      </div>
    </figure>
  );
}
