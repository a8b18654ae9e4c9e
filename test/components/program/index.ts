import { runProgram } from "../../../stacks/program";
import { catalogue } from "./catalogue";

/** Our program with a catalogue of one small platform that has a field of every kind. */
const { environment, workloads } = runProgram(catalogue);
export { environment, workloads };
