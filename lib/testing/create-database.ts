import pg from "pg";

// Apart from server.ts, because every file of database tests loads this and none needs to start a server.
const templateName = "tandem_template";

export type TestDatabase = { url: string; drop: () => Promise<void> };

/** The empty database that a test server's migrations go into; returns its URL. */
export async function createTemplate(serverUrl: string): Promise<string> {
  await query(serverUrl, `create database ${templateName}`);
  return atDatabase(serverUrl, templateName);
}

/** A fresh copy of the template, in tens of milliseconds. */
export async function createDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `tandem_test_${globalThis.crypto.randomUUID().slice(0, 8)}`;
  await query(serverUrl, `create database ${name} template ${templateName}`);
  return {
    url: atDatabase(serverUrl, name),
    drop: () => query(serverUrl, `drop database ${name} with (force)`),
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function atDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
