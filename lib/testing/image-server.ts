import http from "node:http";
import type { AddressInfo } from "node:net";

/** What a server of images answers at a path. */
export type ServedFile = {
  status?: number;
  contentType?: string;
  location?: string;
  body?: Uint8Array | string;
};

export type ImageServer = {
  /** The address of a path. */
  at: (path: string) => string;
  /** For the list of allowed hosts. */
  host: string;
  /** Paths asked for, in their order. */
  requests: string[];
  /** What is answered from now on, by path; everything else is 404. */
  serve: (path: string, file: ServedFile) => void;
  stop: () => Promise<void>;
};

/** A server on the web that has images, and other things. */
export async function startImageServer(): Promise<ImageServer> {
  const files = new Map<string, ServedFile>();
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    const path = request.url ?? "/";
    requests.push(path);
    const { status, contentType = "image/png", location, body } = files.get(path) ?? { status: 404, body: "not here" };
    response.writeHead(status ?? (location === undefined ? 200 : 302), {
      "content-type": contentType,
      ...(location !== undefined && { location }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    at: (path) => `http://${host}${path}`,
    host,
    requests,
    serve: (path, file) => void files.set(path, file),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
