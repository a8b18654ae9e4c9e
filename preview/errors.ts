import { formatProblems, type Problem } from "../components/domain/problems";

/** What a person has to change: their program, its configuration, or how the command was called. */
export class UserError extends Error {
    override readonly name = "UserError";

    constructor(
        /** What was being read, e.g. "Pulumi.prod.yaml". */
        readonly subject: string,
        readonly problems: readonly Problem[],
    ) {
        super(formatProblems(subject, problems));
    }
}

/** What a person can't mend by changing their project: the preview itself, or the SDK it speaks with, is at fault. */
export class PreviewFault extends Error {
    override readonly name = "PreviewFault";
}
