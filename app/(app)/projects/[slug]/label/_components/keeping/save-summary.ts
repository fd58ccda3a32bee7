import { openWorks, type Session } from "../session";

/** Where everything said on this page stands, true at every moment. */
export type SaveSummary =
  | { kind: "nothing" }
  | { kind: "saving" }
  /** The server has it all. */
  | { kind: "saved" }
  /** The server does not have it all, for this reason; this device does, or will once its writing is done. */
  | { kind: "kept"; trouble: string; isWriting: boolean }
  /** Only this page has it. */
  | { kind: "unsaved"; trouble: string };

export function summariseSaving(session: Session): SaveSummary {
  const { sending, trail, loadTrouble, deviceKeeps, isDeviceWriting } = session;
  // What came back with a problem says so above the texts, and is neither on its way nor saved.
  const works = openWorks(session);
  const isWaiting = works.some(({ problem }) => problem !== null);
  const saves = works.filter(({ problem }) => problem === null).map(({ save }) => save);
  const draftTroubles = saves.map((save) => {
    if (save.status === "failed") return save.message;
    return save.status === "saving" ? save.trouble : null;
  });
  const troubles = [...sending.map((one) => one.trouble), ...draftTroubles, sending.length > 0 ? loadTrouble : null];
  const trouble = troubles.find((one) => one !== null);
  if (trouble !== undefined)
    return deviceKeeps ? { kind: "kept", trouble, isWriting: isDeviceWriting } : { kind: "unsaved", trouble };
  if (sending.length > 0 || saves.some(({ status }) => status === "dirty" || status === "saving"))
    return { kind: "saving" };
  if (isWaiting) return { kind: "nothing" };
  return trail.length > 0 || saves.some(({ status }) => status === "saved") ? { kind: "saved" } : { kind: "nothing" };
}
