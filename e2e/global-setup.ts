import { saveSite, startSite, stopSite } from "./site";

/** One site for all specs, on an empty database; ends with the run. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { site, process: child } = await startSite();
  await saveSite(site);
  return async () => {
    const ms = await stopSite(child, site);
    if (ms > 10_000) throw new Error(`The site took ${Math.round(ms)} ms to stop; the promise is 10 s.`);
  };
}
