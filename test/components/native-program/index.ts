import { runProgram } from "../../../stacks/program";
import { catalogue } from "./catalogue";

/** Our program with what a store or a cloud makes and rotates: an access key, and accounts of databases. */
const { environment, workloads } = runProgram(catalogue);
export { environment, workloads };
