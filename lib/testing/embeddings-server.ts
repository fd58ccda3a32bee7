import http from "node:http";
import type { AddressInfo } from "node:net";
import { encodeHashed } from "@/lib/encoders/hashed";

/** What a provider should not do, or does when it is busy. */
type Trouble = { status: number; headers?: Record<string, string> };

export type EmbeddingsServer = {
  baseUrl: string;
  /** For the list of allowed hosts. */
  host: string;
  /** Texts of each request, in order. */
  requests: string[][];
  /** The next requests are answered with these. */
  troubles: Trouble[];
  /** From now on requests with a text of more characters get 400. */
  readAtMost: (characters: number) => void;
  /** From now on it is another model behind the same name. */
  change: () => void;
  stop: () => Promise<void>;
};

/** Numbers in a vector. */
export const embeddingWidth = 64;

/** A server that speaks the embeddings protocol over HTTP: hashed words of a text. Requests without `key` get 401. */
export async function startEmbeddingsServer({ key }: { key: string }): Promise<EmbeddingsServer> {
  const requests: string[][] = [];
  const troubles: Trouble[] = [];
  let shift = 0;
  let longest = Infinity;
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { authorization } = request.headers;
      const trouble = authorization === `Bearer ${key}` ? troubles.shift() : { status: 401 };
      const isKnown = request.method === "POST" && request.url === "/v1/embeddings";
      const { model, input } = JSON.parse(Buffer.concat(parts).toString("utf8")) as { model: string; input: string[] };
      const isTooLong = input.some((text) => text.length > longest);
      const { status, headers }: Trouble = trouble ?? { status: !isKnown ? 404 : isTooLong ? 400 : 200 };
      response.writeHead(status, { "content-type": "application/json", ...headers });
      if (status !== 200)
        return response.end(JSON.stringify({ error: { message: `No: ${authorization?.slice(7) ?? "no key"}` } }));
      requests.push(input);
      const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text, shift) }));
      response.end(JSON.stringify({ object: "list", model, data, usage: { prompt_tokens: 1, total_tokens: 1 } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ baseUrl: `http://${host}/v1`, host, requests, troubles },
    readAtMost: (characters) => void (longest = characters),
    change: () => void shift++,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function vectorOf(text: string, shift: number): number[] {
  const vector = new Array<number>(embeddingWidth).fill(0);
  const { indices, values } = encodeHashed(text);
  indices.forEach((index, i) => {
    vector[(index + shift) % embeddingWidth]! += values[i]!;
  });
  return vector;
}
