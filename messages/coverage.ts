import { countTexts } from "./checks/coverage";

console.table(Object.fromEntries(countTexts().map(({ room, counts }) => [room, counts])));
