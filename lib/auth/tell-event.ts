import { say, sayText } from "@/lib/say";
import type { AuditAction, AuditEventView } from "./schema";

/** What the product itself names when it does these; everything else is named by people. */
const namesItself: readonly AuditAction[] = ["policy.apply", "routing.fit", "reward.train", "reward.promote"];

/** What stands in place of a name that people would have given. */
const nobodysNames = ["anyone with the link", "all judges", "a file without a name"];

/** Who acts without an account. */
const nobodys = ["command line", "training schedule"];

/** An event whose sentences, which are stored in English, are said in the language of the request; names stay as they are. */
export function tellEvent(event: AuditEventView): AuditEventView {
  const { cause, error } = event.detail;
  const scheduled = kindOfScheduled(event);
  return {
    ...event,
    actor: nobodys.includes(event.actor) ? sayText(event.actor) : event.actor,
    target: tellTarget(event),
    detail: {
      ...(scheduled !== undefined && { scheduledPolicy: scheduled }),
      ...event.detail,
      ...(typeof cause === "string" && { cause: sayText(cause) }),
      ...(typeof error === "string" && { error: sayText(error) }),
    },
  };
}

/** A kind of policy is a fact for which pages have words. */
function kindOfScheduled({ action, target }: AuditEventView): string | undefined {
  return action === "policy.apply"
    ? /^scheduled (\S+) policy, which could not be applied$/.exec(target)?.[1]
    : undefined;
}

function tellTarget(event: AuditEventView): string {
  const { action, target } = event;
  if (kindOfScheduled(event) !== undefined) return say`scheduled policy, which could not be applied`;
  const [, policy, sentence] = (action === "policy.apply" && /^policy (\d+): (.+)$/s.exec(target)) || [];
  if (sentence !== undefined) return say`policy ${policy!}: ${sayText(sentence)}`;
  if (namesItself.includes(action) || nobodysNames.includes(target)) return sayText(target);
  const [, snapshot] = (action === "snapshot.create" && /^snapshot (.+)$/s.exec(target)) || [];
  return snapshot === undefined ? target : say`snapshot ${snapshot}`;
}
