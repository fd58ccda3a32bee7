// A thread starts without the loader of its process, so it brings its own for the TypeScript that follows.
import { register } from "tsx/esm/api";

register();
await import("./classifier-thread.ts");
