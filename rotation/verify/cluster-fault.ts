import type { Problem } from "../../components/domain/problems";

/** Why a cluster can't be read at all: what a person has to mend, or a server that is not to be trusted. */
export class ClusterFault extends Error {
    override readonly name = "ClusterFault";

    constructor(readonly problem: Problem) {
        super(problem.message);
    }
}
