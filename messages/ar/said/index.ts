import ground from "./ground.json";

const said: Record<string, string> = ground;

export default said;
