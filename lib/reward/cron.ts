import { parseCronItem } from "graphile-worker";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";

/** Whether a cron pattern of five fields names the minute of `time`, in UTC. Throws `invalid` for what is no pattern. */
export function isCronMinute(pattern: string, time: Date): boolean {
  return parse(pattern)({
    min: time.getUTCMinutes(),
    hour: time.getUTCHours(),
    date: time.getUTCDate(),
    month: time.getUTCMonth() + 1,
    dow: time.getUTCDay(),
  });
}

/** Throws `invalid`, naming the field `cron`, for what is no pattern of five fields. */
export function requireCron(pattern: string): void {
  parse(pattern);
}

function parse(pattern: string): ReturnType<typeof parseCronItem>["match"] {
  try {
    return parseCronItem({ task: "train", match: pattern }).match;
  } catch (cause) {
    const message = say`must be five fields for minute, hour, day of month, month and day of week, such as 0 3 * * 1 for Mondays at 3:00`;
    throw new AppError("invalid", say`The schedule ${pattern} cannot be read: it ${message}.`, {
      cause,
      faults: [{ path: "cron", message }],
    });
  }
}
