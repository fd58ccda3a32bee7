import ground from "./ground.json";
import assignments from "./assignments.json";
import labels from "./labels.json";

const said: Record<string, string> = { ...ground, ...assignments, ...labels };

export default said;
