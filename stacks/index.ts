import { catalogue } from "./catalogue";
import { runProgram } from "./program";

/** The entry of every stack: which one it is, its configuration says. */
const { environment, workloads } = runProgram(catalogue);
export { environment, workloads };
