import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import {
  buildApiDocument,
  httpMethods,
  type ApiDocument,
  type HttpMethod,
  type OperationDocument,
} from "@/app/api/openapi";
import { routes } from "@/app/api/v1/_operations";
import { Wordmark } from "@/app/_components/frame/wordmark";
import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { ThemeToggle } from "@/app/_components/ui/theme-toggle";
import { env } from "@/lib/env";
import { curlExample } from "./curl-example";
import { typeWords } from "./type-words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.apiDocs");
  return { title: t("title") };
}

type Entry = { method: HttpMethod; path: string; operation: OperationDocument };

/** The HTTP API, readable without signing in. */
export default async function ApiPage() {
  const document = buildApiDocument(routes);
  const groups = groupByTag(document);
  // Asked first, so that the build, which has no environment, leaves this page to the requests.
  const host = (await headers()).get("host") ?? "localhost:3000";
  const origin = env().TANDEM_URL ?? `http://${host}`;
  const base = `${origin.replace(/\/$/, "")}/api/v1`;
  return (
    <>
      <header className="sticky top-0 z-30 flex h-(--frame-top) items-center justify-between border-b bg-background px-4">
        <Link href="/" className="rounded-md">
          <Wordmark />
        </Link>
        <ThemeToggle />
      </header>
      <div className="mx-auto grid max-w-6xl grid-cols-1 gap-8 px-4 py-6 sm:px-6 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <Contents tags={[...groups.keys()]} />
        <main className="grid min-w-0 grid-cols-1 gap-10">
          <Introduction base={base} document={document} />
          {[...groups].map(([tag, entries]) => (
            <section key={tag} id={anchorOf(tag)} className="grid scroll-mt-16 grid-cols-1 gap-4">
              <h2 className="text-lg font-semibold">{tag}</h2>
              {entries.map((entry) => (
                <OperationBlock key={entry.operation.operationId} entry={entry} base={base} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </>
  );
}

function groupByTag(document: ApiDocument): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of httpMethods) {
      const operation = item[method.toLowerCase() as Lowercase<HttpMethod>];
      if (!operation) continue;
      const [tag] = operation.tags;
      groups.set(tag, [...(groups.get(tag) ?? []), { method, path, operation }]);
    }
  }
  return groups;
}

function Contents({ tags }: { tags: string[] }) {
  const t = useTranslations("people.apiDocs");
  return (
    <nav aria-label={t("contents")} className="lg:sticky lg:top-18 lg:self-start">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 lg:grid lg:gap-1.5">
        {tags.map((tag) => (
          <li key={tag}>
            <a href={`#${anchorOf(tag)}`} className="text-muted-foreground hover:text-foreground hover:underline">
              {tag}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Introduction({ base, document }: { base: string; document: ApiDocument }) {
  const t = useTranslations("people.apiDocs");
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("heading")} purpose={<bdi>{document.info.description}</bdi>} />
      <p className="max-w-[72ch]">{t("text")}</p>
      <CodeBlock label={t("firstRequest")} code={`curl -H "Authorization: Bearer $TANDEM_API_KEY" ${base}/projects`} />
      <p>
        {t.rich("forTools", {
          link: (chunks) => (
            <a href="/api/v1/openapi.json" className="text-primary underline underline-offset-4">
              {chunks}
            </a>
          ),
        })}
      </p>
    </div>
  );
}

const methodBadges: Record<HttpMethod, BadgeVariant> = {
  GET: "indigo",
  POST: "emerald",
  PUT: "amber",
  PATCH: "amber",
  DELETE: "rose",
};

function OperationBlock({ entry, base }: { entry: Entry; base: string }) {
  const t = useTranslations("people.apiDocs");
  const { method, path, operation } = entry;
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const answer = Object.entries(responses).find(([status]) => status.startsWith("2"))!;
  return (
    // What an operation does is said in English, as in the OpenAPI document.
    <article id={operationId} dir="ltr" className="grid scroll-mt-16 grid-cols-1 gap-3 rounded-lg border p-4">
      <h3 className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Badge variant={methodBadges[method]}>{method}</Badge>
        <a href={`#${operationId}`} className="font-mono text-[0.8125rem] [overflow-wrap:anywhere] hover:underline">
          {path}
        </a>
        <span lang="en" className="w-full font-medium">
          {summary}
        </span>
      </h3>
      <p lang="en" className="text-muted-foreground">
        {description}
      </p>
      {parameters.length > 0 ? <ParameterTable parameters={parameters} operationId={operationId} /> : null}
      {requestBody ? <Shape title={t("body")} content={requestBody.content} /> : null}
      {"content" in answer[1] && answer[1].content ? (
        <Shape title={t("answer", { status: answer[0] })} content={answer[1].content} />
      ) : (
        <p className="text-[0.8125rem] text-muted-foreground">{t("emptyAnswer", { status: answer[0] })}</p>
      )}
      <CodeBlock label={t("curlFor", { summary })} code={curlExample({ method, path, operation, base })} />
    </article>
  );
}

function ParameterTable({
  parameters,
  operationId,
}: {
  parameters: OperationDocument["parameters"];
  operationId: string;
}) {
  const t = useTranslations("people.apiDocs");
  return (
    <Table label={t("parametersOf", { operationId })} density="compact" stickyHead={false}>
      <THead>
        <TR>
          <TH>{t("parameter")}</TH>
          <TH>{t("in")}</TH>
          <TH>{t("type")}</TH>
          <TH>{t("meaning")}</TH>
        </TR>
      </THead>
      <TBody>
        {parameters.map(({ name, in: place, required, schema }) => (
          <TR key={name}>
            <TD className="font-mono text-xs">
              {name}
              {required ? null : <span className="text-muted-foreground">?</span>}
            </TD>
            <TD className="text-muted-foreground">{place}</TD>
            <TD className="max-w-72 font-mono text-xs [overflow-wrap:anywhere]">{typeWords(schema)}</TD>
            <TD className="text-muted-foreground">
              {typeof schema.description === "string" ? schema.description : ""}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Shape({ title, content }: { title: string; content: Record<string, { schema: Record<string, unknown> }> }) {
  const [[mediaType, { schema }] = ["", { schema: {} }]] = Object.entries(content);
  return (
    <details className="group min-w-0">
      <summary className="w-fit rounded-sm text-[0.8125rem] font-medium">
        {title} <span className="font-normal text-muted-foreground">{mediaType}</span>
      </summary>
      <CodeBlock label={title} code={typeWords(schema, { multiline: true })} className="mt-2" />
    </details>
  );
}

function anchorOf(tag: string): string {
  return tag.toLowerCase().replaceAll(" ", "-");
}
