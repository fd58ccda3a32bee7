import { afterAll, inject } from "vitest";
import { createDatabase } from "./create-database";

// Each file of database tests has its own database. This stands before the file's imports, hence before the client's
// first look at the environment.
const database = await createDatabase(inject("testServerUrl"));
process.env.DATABASE_URL = database.url;
process.env.TANDEM_SECRET = "a secret for tests, long enough to be taken";

afterAll(async () => {
  const { disconnect } = await import("@/lib/db/client");
  await disconnect();
  await database.drop();
});
