import { createServer } from "node:net";
import { AppError } from "@/lib/errors";
import type { Settings } from "./settings";

/** Throws an AppError that says what to do when the web server could not listen. */
export async function checkPort({ host, port }: Settings): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer().once("error", resolve);
    server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  });
  if (!error) return;
  if (error.code === "EADDRINUSE") {
    throw new AppError(
      "conflict",
      `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port < 65535 ? port + 1 : 3000} npm start`,
    );
  }
  if (error.code === "EACCES") {
    throw new AppError(
      "forbidden",
      `This account may not listen on port ${port}. Choose one above 1023, for example: PORT=3000 npm start`,
    );
  }
  throw new AppError("invalid", `This machine cannot listen on ${host} (${error.message}). Correct HOST.`, {
    cause: error,
  });
}
