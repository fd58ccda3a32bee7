import Link from "next/link";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatNumber } from "@/app/_components/ui/number";
import type { RoutingView } from "@/lib/routing/schema";

type NoticesProps = { slug: string; routing: RoutingView; canManage: boolean };

/** What keeps the policy from doing what it says. */
export function Notices({ slug, routing, canManage }: NoticesProps) {
  const { waiting, asksComparison, stopped, current, model, open } = routing;
  const isByScore = current.policy.kind === "uncertainty";
  return (
    <>
      {waiting.instances > 0 && !(waiting.hasJudge && asksComparison) ? (
        <Waiting slug={slug} routing={routing} canManage={canManage} />
      ) : null}
      {stopped.map(({ judgeId, name, error, nextTryAt }) => (
        <Alert key={judgeId} tone="warning" title={`Judge ${name} stopped`}>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <span className="min-w-0 wrap-anywhere">
              {error}{" "}
              {nextTryAt === null
                ? "It was tried in vain for a day: start it on its page when the cause is mended."
                : // Six hours at most from now, so that the time is enough.
                  `It begins again by itself at ${nextTryAt.slice(11, 16)} UTC.`}
            </span>
            <Button asChild size="sm">
              <Link href={`/projects/${slug}/judges/${judgeId}`}>Open judge</Link>
            </Button>
          </div>
        </Alert>
      ))}
      {isByScore && model === null ? (
        <Alert tone="info" title="No reward model is promoted yet">
          Until one is, nothing has a score to go by, and instances are drawn at random with the same share for people.
        </Alert>
      ) : null}
      {isByScore && model !== null && model.scored < open ? (
        <Alert
          tone="info"
          title={`${formatNumber(open - model.scored)} of ${formatNumber(open)} open instances have no score of reward model ${model.version}`}
        >
          They are drawn at random with the same share for people, and routed anew when they are scored.
        </Alert>
      ) : null}
    </>
  );
}

/** Why instances wait for an AI that will not come, and where that is changed. */
function Waiting({ slug, routing: { waiting, asksComparison }, canManage }: NoticesProps) {
  const [these, are, them] = waiting.instances === 1 ? ["It", "is", "it"] : ["They", "are", "them"];
  return (
    <Alert
      tone="warning"
      title={`${formatNumber(waiting.instances)} ${waiting.instances === 1 ? "instance waits" : "instances wait"} for an AI`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          {these} {are} routed to AI, and{" "}
          {asksComparison
            ? `no judge is switched on that may label ${them}.`
            : `this project asks no comparison; judges compare and answer nothing else. Add a comparison to its task schema, or send ${them} to people.`}
          {canManage ? "" : asksComparison ? " Ask an admin of the project for one." : " Ask an admin of the project."}
        </span>
        {canManage ? (
          <Button asChild size="sm">
            {asksComparison ? (
              <Link href={`/projects/${slug}/judges`}>Open judges</Link>
            ) : (
              <Link href={`/projects/${slug}/settings`}>Open settings</Link>
            )}
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}
