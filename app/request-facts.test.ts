import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { believedAddress } from "@/lib/auth/client-address";
import { noteRequestFacts, pathHeader } from "./request-facts";

test("a request carries its peer and its path, whatever the client claims", async () => {
  noteRequestFacts();
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const claims = { "x-forwarded-for": "203.0.113.9", [pathHeader]: "/forged" };
    const answer = await fetch(`http://127.0.0.1:${port}/projects?tab=b`, { headers: claims });
    const headers = (await answer.json()) as Record<string, string>;
    expect(headers["x-forwarded-for"]).toBe("203.0.113.9, 127.0.0.1");
    expect(believedAddress(headers["x-forwarded-for"]!, 0)).toBe("127.0.0.1");
    expect(headers[pathHeader]).toBe("/projects?tab=b");
  } finally {
    server.close();
  }
});
